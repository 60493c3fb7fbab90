namespace TrainingPortal.Credentials;

/// <summary>Where the signing keys lie and what opens them (settings <c>Keys:*</c>).</summary>
public sealed class KeyOptions
{
    /// <summary>What opens the keys that a portal in Development makes for itself. It protects nothing, and is said at the start.</summary>
    public const string DevelopmentPassphrase = "development";

    /// <summary>Relative to where the command was typed; none: <c>keys/</c> in the data folder.</summary>
    public string? Directory { get; set; }

    public string? Passphrase { get; set; }
}
