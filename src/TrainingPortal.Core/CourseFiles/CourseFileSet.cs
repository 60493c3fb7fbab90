using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace TrainingPortal.CourseFiles;

/// <summary>
/// A folder of course files as it was at one moment, in memory: what is checked, what is imported and what is hashed are
/// the same bytes even while somebody saves a file. Hidden files are left out.
/// </summary>
internal sealed class CourseFileSet
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    private CourseFileSet(bool exists)
    {
        Exists = exists;
    }

    /// <summary>False: there is no such folder.</summary>
    public bool Exists { get; }

    /// <summary>Relative to the folder, with forward slashes, in ordinal order.</summary>
    public IEnumerable<string> Paths => files.Keys;

    public static CourseFileSet Load(string folder)
    {
        var set = new CourseFileSet(Directory.Exists(folder));
        if (set.Exists)
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", Everything))
            {
                var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
                set.files.Add(relative, File.ReadAllBytes(path));
            }
        }

        return set;
    }

    /// <summary>The files directly in a folder that have this extension, in ordinal order.</summary>
    public IEnumerable<string> In(string folder, string extension) =>
        Paths.Where(path => path.StartsWith(folder + '/', StringComparison.Ordinal)
            && path.IndexOf('/', folder.Length + 1) < 0
            && path.EndsWith(extension, StringComparison.Ordinal));

    public bool Has(string path) => files.ContainsKey(path);

    /// <summary>True if the folder holds a file at any depth; an empty folder is as good as none, as Git sees it.</summary>
    public bool HasFolder(string folder) => Paths.Any(path => path.StartsWith(folder + '/', StringComparison.Ordinal));

    /// <summary>The file as text with line feeds only; null, and a fault, where it is missing or not UTF-8.</summary>
    public string? Text(string path, FaultList faults)
    {
        if (!files.TryGetValue(path, out var bytes))
        {
            faults.Add(path, "This file is missing.");
            return null;
        }

        var content = bytes.AsSpan();
        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }

        var letters = new char[content.Length];
        if (Utf8.ToUtf16(content, letters, out var read, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            faults.Add(new FilePlace(path, 1 + content[..read].Count((byte)'\n')), "The text is not UTF-8 from here on; save the file as UTF-8.");
            return null;
        }

        return new string(letters, 0, written).ReplaceLineEndings("\n");
    }

    /// <summary>
    /// SHA-256, in hex, of every path and every byte, and of this build of the portal: a new build may render the same
    /// files differently, and then reads them anew.
    /// </summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(typeof(CourseFileSet).Module.ModuleVersionId.ToByteArray());
        foreach (var (path, bytes) in files)
        {
            Append(Encoding.UTF8.GetBytes(path));
            Append(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // With its length before it, so that no two folders run together into the same bytes.
        void Append(byte[] part)
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }
    }
}
