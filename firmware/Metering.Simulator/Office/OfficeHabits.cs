namespace Metering.Simulator.Office;

/// <summary>What people do with their air conditioners, drawn day by day.</summary>
internal sealed class OfficeHabits(Random random)
{
    /// <summary>°C, before the works and after them, when the charter of good use asks for a higher one.</summary>
    public const double OldSetPoint = 23.5;

    /// <inheritdoc cref="OldSetPoint"/>
    public const double NewSetPoint = 25;

    /// <summary>Evenings a year on which the open space is left on until midnight: once a month.</summary>
    private const double ForgottenShare = 0.03;

    private DateOnly _day;
    private double _present = 1;
    private double _meetings = 1;
    private double _drift;
    private bool _forgotten;

    /// <summary>How hard the air conditioners work for the same load: filters, doors, habits; varies around 1.</summary>
    public double Effort { get; private set; } = 1;

    public void BeginDay(DateOnly day)
    {
        _day = day;
        _present = Math.Clamp(1 + (0.07 * Chance.Normal(random)), 0.6, 1.2);
        _meetings = Math.Clamp(0.6 + (0.25 * Chance.Normal(random)), 0, 1);
        _drift = (0.6 * _drift) + (0.02 * Chance.Normal(random));
        Effort = Math.Max(0.5, 1 + _drift + (0.02 * Chance.Normal(random)));
        _forgotten = random.NextDouble() < ForgottenShare && OfficeCalendar.Occupancy(day, 16) > 0;
    }

    /// <summary>People in a room, 0 and up, 1 at full occupancy.</summary>
    public double Presence(int room, int hour) =>
        OfficeCalendar.Occupancy(_day, hour) * (room == 2 ? _meetings : _present);

    /// <summary>The set point while the room is cooled, or null.</summary>
    public double? SetPoint(int room, int hour, double setPoint)
    {
        var on = OfficeCalendar.Occupancy(_day, hour) >= 0.2 || (_forgotten && room == 0 && hour >= 18);
        return on ? setPoint : null;
    }
}
