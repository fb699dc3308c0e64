using Metering.Core.Languages;

namespace Metering.Core.Savings;

/// <summary>
/// An entry of the ledger of non-routine adjustments (IPMVP): a change that neither the weather nor the works explain,
/// such as occupancy, floor area, set-point, added air conditioners. Never overwritten: it is taken back by a further entry.
/// </summary>
/// <param name="Id">Id in the ledger.</param>
/// <param name="From">First local day it applies to.</param>
/// <param name="To">Last local day (exclusive), or null while it lasts.</param>
/// <param name="KWhPerDay">
/// Added to the adjusted baseline, kWh/day: positive where the building would have used more without the works (more
/// occupants), negative where it would have used less.
/// </param>
/// <param name="UncertaintyKWhPerDay">Half width at 90 %, kWh/day; combined with the model's.</param>
/// <param name="Reason">Why, as printed.</param>
/// <param name="Author">Who entered it.</param>
/// <param name="EnteredAt">When.</param>
public sealed record NonRoutineAdjustment(
    string Id, DateOnly From, DateOnly? To, double KWhPerDay, double UncertaintyKWhPerDay, BilingualText Reason, string Author,
    DateTimeOffset EnteredAt)
{
    /// <summary>Days of [from, to) that the entry applies to.</summary>
    public int DaysWithin(DateOnly from, DateOnly to)
    {
        var first = From > from ? From : from;
        var last = To is { } end && end < to ? end : to;
        return Math.Max(0, last.DayNumber - first.DayNumber);
    }
}
