namespace TrainingPortal.Credentials;

/// <summary>The definition of an achievement at its own address.</summary>
public static class AchievementJson
{
    public static byte[] Write(PortalOptions portal, Achievement achievement) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        json.WriteStrings("@context", CredentialJson.VerifiableCredentials, CredentialJson.OpenBadges);
        json.WriteAchievement(portal, achievement);
        json.WriteEndObject();
    });
}
