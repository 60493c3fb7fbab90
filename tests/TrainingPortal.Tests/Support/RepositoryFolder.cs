namespace TrainingPortal.Tests.Support;

/// <summary>Where this repository's own files lie.</summary>
internal static class RepositoryFolder
{
    /// <summary>The full path of a file or folder of the repository.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "TrainingPortal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No TrainingPortal.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
