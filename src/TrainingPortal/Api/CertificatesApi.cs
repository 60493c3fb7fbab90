using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using TrainingPortal.Certifications;
using TrainingPortal.Credentials;
using TrainingPortal.Verification;
using TrainingPortal.Web.Hosting;

namespace TrainingPortal.Web.Api;

/// <summary><c>GET /api/v1/certificates/{serial}</c>: the check's answer for machines. The names are part of the contract.</summary>
public static class CertificatesApi
{
    public static IEndpointRouteBuilder MapCertificatesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/certificates/{serial}", CheckAsync)
            .WithName("CheckCertificate")
            .WithSummary("Is this certificate good now?")
            .Produces<CertificateAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireRateLimiting(RequestLimits.Checks)
            .AllowAnonymous();
        return routes;
    }

    /// <summary>A failure of the database, in which case nothing is known: never a stale answer.</summary>
    public static bool CouldNotBeChecked(Exception failure) =>
        failure is SqliteException or SqlException or TimeoutException || (failure.InnerException is { } inner && CouldNotBeChecked(inner));

    private static async Task<IResult> CheckAsync(string serial, HttpContext context, CheckCertificate check, IOptions<PortalOptions> portal, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (!Serial.TryParse(serial, out var parsed))
        {
            return TypedResults.Problem(
                "The serial is mistyped: it has 16 letters or digits and a check letter, and the check letter does not fit. Compare it with the certificate.",
                statusCode: StatusCodes.Status400BadRequest,
                title: "Mistyped serial",
                type: "serial-mistyped");
        }

        try
        {
            var found = await check.RunAsync(parsed, cancellation);
            return found is null
                ? TypedResults.Problem(
                    "No certificate has this serial.",
                    statusCode: StatusCodes.Status404NotFound,
                    title: "Unknown serial",
                    type: "serial-unknown")
                : TypedResults.Ok(CertificateAnswer.From(found, portal.Value));
        }
        catch (Exception failure) when (CouldNotBeChecked(failure))
        {
            return TypedResults.Problem(
                "The certificate could not be checked: the register cannot be read at the moment. This says nothing about the certificate; ask again later.",
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "Could not be checked",
                type: "could-not-be-checked");
        }
    }
}

/// <summary>The check's answer. Instants are RFC 3339 in UTC.</summary>
public sealed record CertificateAnswer(
    string Serial,
    string Status,
    bool Active,
    DateTime StatusSince,
    string Holder,
    string Certification,
    string Level,
    IReadOnlyList<CoverAnswer> Covers,
    string Scope,
    DateTime Issued,
    DateTime ValidFrom,
    DateTime ValidUntil,
    IReadOnlyList<string> Restrictions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StandingAnswer? Revoked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StandingAnswer? Suspended,
    IReadOnlyList<string> Messages,
    DateTime CheckedAt,
    string Page,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProofAnswer? Proof)
{
    public static CertificateAnswer From(CertificateCheck check, PortalOptions portal) => new(
        check.Serial.ToString(),
        StatusWord(check.Status),
        check.IsGood,
        check.StatusSince,
        check.HolderName,
        check.Title,
        check.Level,
        [.. check.Covers.Select(cover => new CoverAnswer(cover.Service, cover.GreatestDepthMm))],
        check.Scope,
        check.IssuedAt,
        check.ValidFrom,
        check.ValidUntil,
        [],
        check.RevocationReason is { } reason ? new StandingAnswer(ReasonWord(reason), check.StatusSince) : null,
        check.SuspensionReason is { } question ? new StandingAnswer(ReasonWord(question), check.StatusSince) : null,
        Sentences(check),
        check.CheckedAt,
        portal.Link($"/verify/{check.Serial}"),
        check.Proof is { } proof ? ProofAnswer.From(check.Serial, proof, portal) : null);

    /// <summary>The contract's word for a status.</summary>
    public static string StatusWord(CertificateStatus status) => status switch
    {
        CertificateStatus.Revoked => "revoked",
        CertificateStatus.Superseded => "superseded",
        CertificateStatus.Expired => "expired",
        CertificateStatus.Suspended => "suspended",
        CertificateStatus.Expiring => "expiring",
        CertificateStatus.Active => "active",
    };

    /// <summary>The contract's word for a reason.</summary>
    public static string ReasonWord(RevocationReason reason) => reason switch
    {
        RevocationReason.IssuedInError => "issued_in_error",
        RevocationReason.RequirementsNotMet => "requirements_not_met",
        RevocationReason.Misconduct => "misconduct",
        RevocationReason.HolderRequest => "holder_request",
        RevocationReason.Replaced => "replaced",
    };

    /// <summary>The contract's word for a reason.</summary>
    public static string ReasonWord(SuspensionReason reason) => reason switch
    {
        SuspensionReason.UnderReview => "under_review",
        SuspensionReason.ConductInQuestion => "conduct_in_question",
        SuspensionReason.IdentityInQuestion => "identity_in_question",
        SuspensionReason.HolderRequest => "holder_request",
    };

    private static IReadOnlyList<string> Sentences(CertificateCheck check) => check.Status switch
    {
        CertificateStatus.Superseded => ["A newer certificate exists; ask the holder."],
        CertificateStatus.Suspended => ["The certificate is on hold and does not count for now; check it again before you rely on it."],
        CertificateStatus.Expired when check.EndingPart is { } part => [$"Expired, since this part was not repeated in time: {part}."],
        CertificateStatus.Expiring when check.EndingPart is { } part => [$"The certificate is good and ends soon unless this part is repeated: {part}."],
        CertificateStatus.Expiring => ["The certificate is good and ends soon; ask the holder about the renewal."],
        _ => [],
    };
}

/// <param name="GreatestDepthMm">Millimetres.</param>
public sealed record CoverAnswer(string Service, decimal GreatestDepthMm);

/// <summary>The signed credential, which can be checked without asking us.</summary>
/// <param name="Credential">Where its bytes are.</param>
/// <param name="Sha256">Of these bytes, in hexadecimal.</param>
/// <param name="StatusList">The signed list of what is revoked.</param>
/// <param name="StatusListIndex">The credential's bit in it.</param>
/// <param name="Key">The public key.</param>
public sealed record ProofAnswer(string Credential, string Sha256, string StatusList, string StatusListIndex, string Key)
{
    public static ProofAnswer From(Serial serial, CredentialProof proof, PortalOptions portal) => new(
        $"{Issuer.CredentialAddress(portal, proof.AwardId)}/{serial}",
        proof.Sha256,
        Issuer.StatusListAddress(portal, proof.Status.List),
        proof.Status.Index.ToString(CultureInfo.InvariantCulture),
        Issuer.KeyAddress(portal, proof.Key));
}

/// <param name="Reason">One of a closed list.</param>
public sealed record StandingAnswer(string Reason, DateTime At);
