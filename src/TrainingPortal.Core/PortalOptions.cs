namespace TrainingPortal;

/// <summary>What an operator says of the portal as a whole (settings <c>Portal:*</c>).</summary>
public sealed class PortalOptions
{
    /// <summary>The name in the header, in mails and on certificates.</summary>
    public string Name { get; set; } = "Training Portal";

    /// <summary>
    /// Where people reach the portal, without a slash at the end; links in mails and QR codes start with it.
    /// </summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:5080");

    /// <summary>
    /// IANA name of the zone by whose clock daily jobs run (UTC where none is set), and reminders come to people who chose no
    /// zone (where none is set, that of their certificate's programme).
    /// </summary>
    public string? TimeZone { get; set; }

    /// <summary>Database, mails, keys and logs; relative to where the command was typed.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The course files that are imported at every start; relative to where the command was typed.</summary>
    public string CoursesDirectory { get; set; } = "courses";

    /// <summary>An absolute address on the portal.</summary>
    /// <param name="path">Starts with a slash.</param>
    public string Link(string path) => PublicUrl.ToString().TrimEnd('/') + path;
}
