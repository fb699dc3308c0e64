namespace Metering.Collector.Web.Curves;

/// <summary>One step of a curve that was reduced to what a screen has room for; no peak disappears.</summary>
/// <param name="Start">First instant of the step, or the instant of a single value.</param>
/// <param name="Least">Least value, in the unit of the curve.</param>
/// <param name="Mean">Mean: by time for power, of the readings otherwise.</param>
/// <param name="Most">Greatest value.</param>
internal readonly record struct CurveStep(DateTimeOffset Start, double Least, double Mean, double Most);

/// <summary>A curve over a period.</summary>
/// <param name="Steps">Steps that hold a value, in time order.</param>
/// <param name="HoleAfter">Two steps further apart than this have nothing in between.</param>
/// <param name="Count">Values that the curve stands on.</param>
/// <param name="Missing">Samples in which the sensor gave none.</param>
internal sealed record Curve(IReadOnlyList<CurveStep> Steps, TimeSpan HoleAfter, long Count, long Missing);
