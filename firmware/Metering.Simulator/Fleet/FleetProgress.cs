namespace Metering.Simulator.Fleet;

/// <summary>How far a fleet is.</summary>
/// <param name="Fraction">Simulated time done over simulated time to do, all boards, 0 to 1.</param>
/// <param name="Earliest">Instant that every board has reached.</param>
/// <param name="Messages">Messages published so far.</param>
public readonly record struct FleetProgress(double Fraction, DateTimeOffset Earliest, long Messages);
