namespace TrainingPortal.Benchmarks;

/// <summary>The portal answered what no figure can be made of; the sentence says what.</summary>
internal sealed class BenchmarkFailedException(string sentence) : Exception(sentence);
