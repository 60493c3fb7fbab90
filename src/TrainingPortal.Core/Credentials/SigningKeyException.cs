namespace TrainingPortal.Credentials;

/// <summary>Nothing can be signed, with the one sentence that says to the operator what to do about it.</summary>
public sealed class SigningKeyException(string sentence, Exception? inner = null) : Exception(sentence, inner);
