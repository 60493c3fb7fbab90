namespace TrainingPortal.Web.Hosting;

/// <summary>The portal cannot start or a verb cannot run, with the one sentence that says what to do about it.</summary>
public sealed class StartRefusedException(string sentence, Exception? inner = null) : Exception(sentence, inner);
