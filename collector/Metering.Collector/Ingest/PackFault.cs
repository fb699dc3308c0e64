namespace Metering.Collector.Ingest;

/// <summary>Why a pack could not be read: kept with the raw bytes in quarantine.</summary>
/// <param name="Code">Stable name, such as <c>not-json</c> or <c>value-out-of-range</c>.</param>
/// <param name="Message">One sentence: what, where, what is allowed.</param>
public sealed record PackFault(string Code, string Message);
