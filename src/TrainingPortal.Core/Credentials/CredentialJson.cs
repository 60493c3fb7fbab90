using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrainingPortal.Certifications;

namespace TrainingPortal.Credentials;

/// <summary>What a credential says beside its certificate.</summary>
/// <param name="Email">The holder's; only a salted hash of it is written.</param>
/// <param name="Programme">The programme's slug.</param>
/// <param name="AwardedAt">UTC: when the first issue of the award began to be valid.</param>
public sealed record CredentialFacts(string Email, string Programme, DateTime AwardedAt);

/// <summary>
/// A certificate as an Open Badges 3.0 credential, with the claims of a JSON Web Token beside it. Sets are arrays, nothing is
/// null or empty, instants are whole seconds, and no number needs an algorithm to be written.
/// </summary>
internal static class CredentialJson
{
    public const string VerifiableCredentials = "https://www.w3.org/ns/credentials/v2";
    public const string OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    public static byte[] Write(PortalOptions portal, Certificate certificate, CredentialFacts facts, Guid subjectId, StatusPlace place) => JsonBytes.Write(json =>
    {
        var id = Id(certificate.AwardId!.Value);
        var subject = Id(subjectId);
        json.WriteStartObject();
        json.WriteStrings("@context", VerifiableCredentials, OpenBadges);
        json.WriteString("id", id);
        json.WriteStrings("type", "VerifiableCredential", "OpenBadgeCredential");
        json.WriteString("name", Title(certificate));
        json.WriteString("description", certificate.Scope);
        json.WriteProfile("issuer", portal);
        json.WriteString("awardedDate", JsonBytes.Instant(facts.AwardedAt));
        json.WriteString("validFrom", JsonBytes.Instant(certificate.ValidFrom));
        json.WriteString("validUntil", JsonBytes.Instant(certificate.ValidUntil));
        WriteSubject(json, portal, certificate, facts, subject);
        WriteStatus(json, portal, place);
        json.WriteString("iss", Issuer.Did(portal));
        json.WriteString("sub", subject);
        json.WriteString("jti", id);
        json.WriteNumber("nbf", JsonBytes.Seconds(certificate.ValidFrom));
        json.WriteNumber("exp", JsonBytes.Seconds(certificate.ValidUntil));
        json.WriteEndObject();
    });

    /// <summary>What was achieved, the same in every credential of a programme and at its own address.</summary>
    public static void WriteAchievement(this Utf8JsonWriter json, PortalOptions portal, Achievement achievement)
    {
        var address = Issuer.AchievementAddress(portal, achievement.Programme);
        json.WriteString("id", address);
        json.WriteStrings("type", "Achievement");
        json.WriteString("achievementType", "Certification");
        json.WriteString("name", achievement.Name);
        json.WriteString("description", achievement.Scope);
        json.WriteString("inLanguage", "en");
        json.WriteStartObject("criteria");
        json.WriteString("id", $"{address}#criteria");
        json.WriteString("narrative", achievement.Criteria);
        json.WriteEndObject();
        json.WriteProfile("creator", portal);
        json.WriteStartArray("resultDescription");
        json.WriteStartObject();
        json.WriteString("id", ResultAddress(address));
        json.WriteStrings("type", "ResultDescription");
        json.WriteString("name", "Exam");
        json.WriteString("resultType", "Status");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>The published form of an e-mail address or another identifier with a salt.</summary>
    public static string Hash(string identifier, string salt) =>
        "sha256$" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identifier + salt)));

    private static void WriteSubject(Utf8JsonWriter json, PortalOptions portal, Certificate certificate, CredentialFacts facts, string subject)
    {
        var achievement = Achievement.Of(certificate, facts.Programme);
        json.WriteStartObject("credentialSubject");
        json.WriteString("id", subject);
        json.WriteStrings("type", "AchievementSubject");
        json.WriteStartArray("identifier");

        // Whoever is told the address can compare it; trimmed and in lower case, which is the rule for those who do.
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        json.WriteStartObject();
        json.WriteString("type", "IdentityObject");
        json.WriteBoolean("hashed", true);
        json.WriteString("identityHash", Hash(facts.Email.Trim().ToLowerInvariant(), salt));
        json.WriteString("identityType", "emailAddress");
        json.WriteString("salt", salt);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "IdentityObject");
        json.WriteBoolean("hashed", false);
        json.WriteString("identityHash", certificate.HolderName);
        json.WriteString("identityType", "name");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("licenseNumber", Serial.Parse(certificate.Serial).ToString());
        json.WriteStartObject("achievement");
        json.WriteAchievement(portal, achievement);
        json.WriteEndObject();

        // That it was passed, and no score: a score is the holder's own affair.
        json.WriteStartArray("result");
        json.WriteStartObject();
        json.WriteStrings("type", "Result");
        json.WriteString("resultDescription", ResultAddress(Issuer.AchievementAddress(portal, facts.Programme)));
        json.WriteString("status", "Completed");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter json, PortalOptions portal, StatusPlace place)
    {
        var list = Issuer.StatusListAddress(portal, place.List);
        var index = place.Index.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject("credentialStatus");
        json.WriteString("id", $"{list}#{index}");
        json.WriteString("type", "BitstringStatusListEntry");
        json.WriteString("statusPurpose", "revocation");
        json.WriteString("statusListIndex", index);
        json.WriteString("statusListCredential", list);
        json.WriteEndObject();
    }

    private static string Title(Certificate certificate) => $"{certificate.Title}, {certificate.Level}";

    private static string Id(Guid id) => $"urn:uuid:{id}";

    private static string ResultAddress(string achievement) => $"{achievement}#exam";
}

/// <summary>What a programme certifies, in the words that its credentials carry.</summary>
/// <param name="Programme">The slug, part of its address.</param>
/// <param name="Name">Title and level.</param>
/// <param name="Scope">What it says of a person and what not.</param>
/// <param name="Criteria">What had to be done, and what it covers.</param>
public sealed record Achievement(string Programme, string Name, string Scope, string Criteria)
{
    internal static Achievement Of(Certificate certificate, string programme) =>
        Of(programme, certificate.Title, certificate.Level, certificate.Scope, certificate.Covers, Narrative(certificate.Facts.Select(fact => fact.Kind)));

    internal static Achievement Of(Programme programme) =>
        Of(programme.Slug, programme.Title, programme.Level, programme.Scope, programme.Covers, Narrative(programme.Requirements.Select(requirement => requirement.Kind)));

    // Credentials are English, like the programme's own words: they are made once for readers everywhere.
    private static Achievement Of(string programme, string title, string level, string scope, IReadOnlyList<Cover> covers, string narrative) => new(
        programme,
        $"{title}, {level}",
        scope,
        string.Join(' ', covers
            .Select(cover => string.Create(CultureInfo.InvariantCulture, $"Covers: {cover.Service}, up to {cover.GreatestDepthMm:0.0#} mm deep."))
            .Prepend(narrative)));

    // An exam opens only when the checks of its courses are passed. Certificates from before it was kept what they rest on had an exam.
    private static string Narrative(IEnumerable<RequirementKind> kinds)
    {
        var counts = kinds.CountBy(kind => kind).ToDictionary();
        var (exams, practicals) = (counts.GetValueOrDefault(RequirementKind.Exam), counts.GetValueOrDefault(RequirementKind.Practical));
        var passed = exams > 1 ? "Passed every knowledge check and every exam of the programme."
            : exams == 1 || counts.Count == 0 ? "Passed every knowledge check and the exam of the programme."
            : counts.ContainsKey(RequirementKind.Course) ? "Passed every knowledge check of the programme."
            : null;
        var signed = practicals > 0 ? "Did every practical of the programme before an assessor, who signed it off." : null;
        return string.Join(' ', new[] { passed, signed }.OfType<string>());
    }
}
