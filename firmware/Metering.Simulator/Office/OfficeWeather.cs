namespace Metering.Simulator.Office;

/// <summary>Outdoor air of one step.</summary>
/// <param name="Celsius">Air temperature, °C.</param>
/// <param name="Percent">Relative humidity, %.</param>
/// <param name="SunWm2">Global horizontal irradiance, W/m².</param>
internal readonly record struct OutdoorStep(double Celsius, double Percent, double SunWm2);

/// <summary>
/// Several invented years out of one typical year: five days at a time are taken from within ten days of the same date, and
/// a slow deviation is added, so that no two years are alike and the second and third are a little warmer than the first.
/// </summary>
internal sealed class OfficeWeather
{
    public const int StepMinutes = 10;
    public const int StepsPerDay = 24 * 60 / StepMinutes;

    private const int BlockDays = 5;
    private const int ShiftDaysMax = 10;

    /// <summary>Warming from one year to the next, K: what a correction for the climate has to take out.</summary>
    private const double WarmingKPerYear = 0.35;

    private readonly OutdoorStep[] _steps;

    /// <param name="year">Where the days come from.</param>
    /// <param name="first">First local day.</param>
    /// <param name="days">Number of days.</param>
    /// <param name="random">Chooses days and deviations.</param>
    public OfficeWeather(TypicalYear year, DateOnly first, int days, Random random)
    {
        ArgumentNullException.ThrowIfNull(year);
        ArgumentNullException.ThrowIfNull(random);
        var hours = new (double T, double Dew, double Sun)[(days * TypicalYear.HoursADay) + 1];
        double deviation = 0;
        var shift = 0;
        for (var d = 0; d < days; d++)
        {
            shift = d % BlockDays == 0 ? random.Next(-ShiftDaysMax, ShiftDaysMax + 1) : shift;
            deviation = (0.8 * deviation) + (0.35 * Chance.Normal(random));
            var source = (first.AddDays(d).DayOfYear - 1 + shift + TypicalYear.Days) % TypicalYear.Days;
            var warmer = deviation + (WarmingKPerYear * d / 365.25);
            for (var h = 0; h < TypicalYear.HoursADay; h++)
            {
                var at = (source * TypicalYear.HoursADay) + h;
                hours[(d * TypicalYear.HoursADay) + h] = (year.Celsius[at] + warmer, year.DewPoint[at] + (0.7 * warmer), year.Sun[at]);
            }
        }

        hours[^1] = hours[^2];
        _steps = new OutdoorStep[(days * StepsPerDay) + 1];
        for (var i = 0; i < _steps.Length; i++)
        {
            _steps[i] = Between(hours, i * StepMinutes / 60.0, random);
        }
    }

    /// <summary>One entry a step of ten minutes, and one for the end.</summary>
    public IReadOnlyList<OutdoorStep> Steps => _steps;

    private static OutdoorStep Between((double T, double Dew, double Sun)[] hours, double at, Random random)
    {
        var i = Math.Min((int)at, hours.Length - 2);
        var share = at - i;
        var celsius = Mix(hours[i].T, hours[i + 1].T) + (0.08 * Chance.Normal(random));
        var dew = Math.Min(Mix(hours[i].Dew, hours[i + 1].Dew), celsius - 0.1);
        return new OutdoorStep(celsius, MoistAir.Percent(celsius, MoistAir.VapourPa(dew)), Mix(hours[i].Sun, hours[i + 1].Sun));

        double Mix(double a, double b) => a + (share * (b - a));
    }
}
