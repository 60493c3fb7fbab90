namespace TrainingPortal.Assessments.Interactions;

/// <summary>The types of items as course files write them.</summary>
public static class Kinds
{
    public static string Name(InteractionKind kind) => kind switch
    {
        InteractionKind.Choice => "choice",
        InteractionKind.TrueFalse => "true-false",
        InteractionKind.Number => "number",
        InteractionKind.Order => "order",
        InteractionKind.Match => "match",
        InteractionKind.Zones => "zones",
        InteractionKind.DepthMap => "depth-map",
        InteractionKind.WashOut => "wash-out",
        InteractionKind.Consultation => "consultation",
    };
}
