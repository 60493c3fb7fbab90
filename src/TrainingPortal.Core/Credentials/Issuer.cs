using System.Text.Json;

namespace TrainingPortal.Credentials;

/// <summary>Who signs, and the addresses that signed files name. They must answer for as long as a certificate is good.</summary>
public static class Issuer
{
    /// <summary>The portal's host as a <c>did:web</c>.</summary>
    public static string Did(PortalOptions portal) =>
        $"did:web:{portal.PublicUrl.IdnHost}{(portal.PublicUrl.IsDefaultPort ? "" : $"%3A{portal.PublicUrl.Port}")}";

    /// <summary>Answers with one bare public key; signatures name it as <c>kid</c>.</summary>
    public static string KeyAddress(PortalOptions portal, string thumbprint) => portal.Link($"/keys/{thumbprint}");

    public static string StatusListAddress(PortalOptions portal, int list) => portal.Link($"/credentials/status/{list}");

    public static string CredentialAddress(PortalOptions portal, Guid awardId) => portal.Link($"/credentials/{awardId}");

    public static string AchievementAddress(PortalOptions portal, string programme) => portal.Link($"/achievements/{programme}");

    internal static void WriteProfile(this Utf8JsonWriter json, string name, PortalOptions portal)
    {
        json.WriteStartObject(name);
        json.WriteString("id", Did(portal));
        json.WriteStrings("type", "Profile");
        json.WriteString("name", portal.Name);
        json.WriteString("url", portal.Link("/"));
        json.WriteEndObject();
    }
}
