namespace Metering.Collector.Diagnostics;

/// <summary>How bad a <see cref="DoctorFinding"/> is.</summary>
public enum DoctorSeverity
{
    Good = 0,
    Warning = 1,
    Trouble = 2,
}

/// <summary>One thing that <c>metering doctor</c> looked at.</summary>
/// <param name="Check">Stable name: disk, clock, store, quarantine, undated, forwarding, note, board.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Sentence">What was found, with numbers and units.</param>
/// <param name="Advice">What to do, or null when nothing is to be done.</param>
public sealed record DoctorFinding(string Check, DoctorSeverity Severity, string Sentence, string? Advice);
