namespace TrainingPortal.Web.Pages.Practicals;

/// <summary>What the form that breaks off a marking posts.</summary>
internal sealed class BreakOffInput
{
    public string? Marking { get; set; }

    public string? Reason { get; set; }
}
