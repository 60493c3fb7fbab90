using TrainingPortal.Certifications;

namespace TrainingPortal.Web.Pages.Verify;

/// <summary>What a person typed, pasted or scanned to check a certificate: its serial, or the address of its check page.</summary>
internal static class TypedSerial
{
    /// <summary>
    /// The serial in it. Of an address only the last part counts, whatever its host: the answer comes from this portal's
    /// own register, so a forged address gains nothing.
    /// </summary>
    /// <returns>False for a slip.</returns>
    public static bool TryRead(string typed, out Serial serial)
    {
        var path = typed.Trim().Split('?', '#')[0].TrimEnd('/');
        return Serial.TryParse(path[(path.LastIndexOf('/') + 1)..], out serial);
    }
}
