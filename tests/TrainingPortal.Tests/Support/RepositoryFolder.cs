namespace TrainingPortal.Tests.Support;

/// <summary>Where this repository's own files lie.</summary>
internal static class RepositoryFolder
{
    /// <summary>
    /// Course files of one course with its exam: quick to import and to sit, so that a test of a page or an act need not
    /// walk through the whole curriculum.
    /// </summary>
    public static string SmallSchool => Path("tests", "small-school");

    /// <summary>Course files of one course whose one knowledge check has a question of every type.</summary>
    public static string ItemTypes => Path("tests", "item-types");

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
