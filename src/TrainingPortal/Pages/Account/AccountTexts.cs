namespace TrainingPortal.Web.Pages.Account;

/// <summary>The texts of registering, signing in and passwords (<c>AccountTexts*.resx</c>).</summary>
public sealed class AccountTexts;
