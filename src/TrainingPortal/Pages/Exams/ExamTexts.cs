namespace TrainingPortal.Web.Pages.Exams;

/// <summary>The texts of knowledge checks, exams and their results.</summary>
public sealed class ExamTexts;
