namespace TrainingPortal.Credentials.Pdf;

/// <summary>What a font is wanted for.</summary>
internal enum FontRole
{
    Serif,
    Sans,
    SansBold,
}
