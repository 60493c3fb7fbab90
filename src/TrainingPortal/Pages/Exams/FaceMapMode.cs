namespace TrainingPortal.Web.Pages.Exams;

/// <summary>What a face map asks for or shows.</summary>
public enum FaceMapMode
{
    /// <summary>Which zones: a checkbox for each, whose value is the zone's place in the list, from 0.</summary>
    Pick,

    /// <summary>How deep in each zone: a number field of millimetres for each, empty where nothing was set, 0 to leave the zone out.</summary>
    Depth,

    /// <summary>Picked zones with their verdicts; nothing can be changed.</summary>
    PickReview,

    /// <summary>Depths with their verdicts and the right range; nothing can be changed.</summary>
    DepthReview,
}
