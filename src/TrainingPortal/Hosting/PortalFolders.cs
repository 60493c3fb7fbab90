namespace TrainingPortal.Web.Hosting;

/// <summary>Turns relative folders into absolute ones, from where the command was typed, and sees that they can be used.</summary>
public static class PortalFolders
{
    /// <exception cref="StartRefusedException">The data folder cannot be made or written.</exception>
    public static void Prepare(PortalOptions portal)
    {
        portal.DataDirectory = Path.GetFullPath(portal.DataDirectory);
        portal.CoursesDirectory = FindCourses(portal.CoursesDirectory);
        try
        {
            Directory.CreateDirectory(portal.DataDirectory);
            var probe = Path.Combine(portal.DataDirectory, $".probe-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The data folder {portal.DataDirectory} cannot be written; give this user the right to, or name another with Portal:DataDirectory.",
                failure);
        }
    }

    // A published portal carries its courses beside the program.
    private static string FindCourses(string folder)
    {
        var typed = Path.GetFullPath(folder);
        var beside = Path.Combine(AppContext.BaseDirectory, folder);
        return !Directory.Exists(typed) && Directory.Exists(beside) ? beside : typed;
    }
}
