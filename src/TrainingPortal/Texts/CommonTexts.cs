namespace TrainingPortal.Web.Texts;

/// <summary>The texts that every page shares (<c>CommonTexts*.resx</c>): header, footer, status words, buttons.</summary>
public sealed class CommonTexts;
