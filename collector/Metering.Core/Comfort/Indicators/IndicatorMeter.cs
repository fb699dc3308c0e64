using Metering.Core.Applicability;
using Metering.Core.Comfort.Adaptive;
using Metering.Core.Comfort.Durations;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.HeatStress;
using Metering.Core.Comfort.Mould;
using Metering.Core.Psychrometrics;
using Metering.Core.Registry;

namespace Metering.Core.Comfort.Indicators;

/// <summary>Measures one indicator over the hours of a room, all of them shifted by the same error of the sensor.</summary>
/// <remarks>The discomfort rate is that of the Givoni zone of the declared air speed; in metropolitan dwellings that of EN 16798-1.</remarks>
internal sealed class IndicatorMeter(BuildingUse use, IReadOnlyList<RoomHour> hours, RoomConditions conditions, TimeSpan period)
{
    /// <summary>Humidex from which people should avoid exertion.</summary>
    public const double IntenseHumidex = 40;

    /// <summary>Heat index from which the class is "extreme caution", °C.</summary>
    public const double ExtremeCautionC = 32;

    /// <summary>Reference value of ISO 7243 for light work by acclimatised people, °C (general knowledge).</summary>
    public const double WbgtReferenceC = 30;

    public static ModelRule NoData { get; } = new(
        "indicator.no-data", new("aucune heure valide dans la période", "no valid hour in the period"), "choix du projet / project choice");

    public static ModelRule CoolingUnknown { get; } = new(
        "indicator.cooling-unknown",
        new("l'état de la climatisation n'est pas mesuré", "the state of the cooling is not measured"), "choix du projet / project choice");

    public static ModelRule OutdoorUnknown { get; } = new(
        "indicator.outdoor-unknown",
        new("la température extérieure n'est pas connue", "the outdoor temperature is not known"), "choix du projet / project choice");

    public static ModelRule SurfaceUnknown { get; } = new(
        "indicator.surface-unknown",
        new("le facteur de température de la paroi la plus froide n'est pas déclaré",
            "the temperature factor of the coldest surface is not declared"),
        "EN ISO 13788");

    /// <summary>Error of the temperature, K, and of the humidity, %, that the hours are shifted by.</summary>
    private double shiftK;
    private double shiftPct;
    private Inapplicability? refused;

    /// <summary>Value, unit, count, and why there is no value.</summary>
    public (double Value, string Unit, Exceedance? Count, Inapplicability? Reason) Measure(
        ComfortIndicator indicator, double kelvin, double percent)
    {
        (shiftK, shiftPct, refused) = (kelvin, percent, null);
        return indicator switch
        {
            ComfortIndicator.GivoniZones => Share(s => Givoni(s, conditions.Zones.Zones.Count - 1)),
            ComfortIndicator.CocoLimits => Share(Coco),
            ComfortIndicator.DiscomfortRate => use == BuildingUse.MetropolitanDwelling
                ? Share(En16798)
                : Share(s => Givoni(s, conditions.ZoneIndex)),
            ComfortIndicator.IctMeasured => Count(s => Temperature(s) - ThresholdHours.IctComfortC, "K", e => e.MeanExcess),
            ComfortIndicator.AdaptiveAshrae55 => Share(Ashrae55),
            ComfortIndicator.AdaptiveEn16798 => Share(En16798),
            ComfortIndicator.Humidex => Hours(s => Value(Humidex.At(Temperature(s), Humidity(s))) - IntenseHumidex),
            ComfortIndicator.HeatIndex => Hours(s => Temperature(s) < HeatIndex.RothfuszTemperature.Minimum
                ? -1
                : Value(HeatIndex.Rothfusz(Temperature(s), Humidity(s))) - ExtremeCautionC),
            ComfortIndicator.WbgtEstimate => Hours(s =>
                Value(Wbgt.ShadeEstimate(Temperature(s), Humidity(s), conditions.PressurePa)) - WbgtReferenceC),
            ComfortIndicator.SetTemperature => Count(
                s => Value(conditions.Occupant.SetAt(Temperature(s), Humidity(s))), "°C", e => e.MeanExcess, isCount: false),
            ComfortIndicator.HotNights => Hours(s => Temperature(s) - ThresholdHours.IctComfortC, s => s.IsNight),
            ComfortIndicator.HumidHours => Hours(s => Humidity(s) - ThresholdHours.HumidPct),
            ComfortIndicator.DewPointHours => Hours(s => Value(DewPoint.At(Temperature(s), Humidity(s))) - ThresholdHours.MuggyDewPointC),
            ComfortIndicator.PmvPpd => Share(s => Math.Abs(Vote(s)) - ThermalCategories.VoteBound(conditions.Category)),
            ComfortIndicator.Overcooling => Hours(s => ThresholdHours.OvercoolingC - Temperature(s)),
            ComfortIndicator.CoolingBelow26 => Hours(CoolingBelow26),
            ComfortIndicator.HumidityRatioLimit => Hours(s =>
                Value(HumidityRatio.At(Temperature(s), Humidity(s), conditions.PressurePa)) - ThresholdHours.CooledRoomRatio),
            ComfortIndicator.ConditionedRange or ComfortIndicator.ExceedanceMethods => Share(BeyondRange),
            ComfortIndicator.ConditionedHumidity => Share(s => ConditionedRanges.Humidity(conditions.Category).Beyond(Humidity(s))),
            ComfortIndicator.ExceedanceMethodC => Count(
                s => PpdWeightedHours.Weight(Vote(s), conditions.Category), "h", e => e.DegreeHours),
            ComfortIndicator.ColdHours => Hours(s => ThresholdHours.HeatingC - Temperature(s), s => s.IsHeatingSeason),
            ComfortIndicator.Re2020DegreeHours => Count(
                s => Temperature(s) - Durations.Re2020DegreeHours.LimitC(
                    Durations.Re2020DegreeHours.IsNight(new TimeOnly(s.Start.Hour, 0)), s.RunningMeanC),
                "°C.h", e => e.DegreeHours),
            ComfortIndicator.SurfaceHumidity => SurfaceMonth(),
            ComfortIndicator.VttMouldIndex => Mould(),
            _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "Unknown indicator."),
        };
    }

    private double Temperature(in RoomHour hour) => hour.Climate.TemperatureC + shiftK;

    private double Humidity(in RoomHour hour) => double.IsNaN(hour.Climate.RelativeHumidityPct)
        ? double.NaN
        : Math.Clamp(hour.Climate.RelativeHumidityPct + shiftPct, 0, 100);

    private double Value(ModelValue value)
    {
        if (value.TryGetValue(out var number))
        {
            return number;
        }

        refused ??= value.Reason;
        return double.NaN;
    }

    private double Givoni(RoomHour hour, int zone) => conditions.Zones.ExcessK(Temperature(hour), Humidity(hour), zone);

    private double Coco(RoomHour hour) => CocoLimits.Classify(Temperature(hour), Humidity(hour)) switch
    {
        CocoPlace.NotMeasured => double.NaN,
        CocoPlace.StillAir => 0,
        CocoPlace.Fan => conditions.Occupant.AirSpeed >= CocoFanSpeed ? 0 : double.PositiveInfinity,
        _ => double.PositiveInfinity,
    };

    /// <summary>Air speed of the votes with a fan: 0.5 to 1 m/s.</summary>
    private const double CocoFanSpeed = 0.5;

    private double Ashrae55(RoomHour hour) => Beyond(
        AdaptiveAshrae55.Band(hour.PrevailingMeanC, 80), Temperature(hour));

    private double En16798(RoomHour hour) => Beyond(
        AdaptiveEn16798.Band(hour.RunningMeanC, (AdaptiveCategory)Math.Min((int)conditions.Category, (int)AdaptiveCategory.III)), Temperature(hour));

    private double Beyond(AdaptiveBand band, double operative)
    {
        if (!band.High.TryGetValue(out var high))
        {
            refused ??= double.IsNaN(operative) ? null : band.High.Reason;
            return double.NaN;
        }

        var raised = high + (operative >= AdaptiveEn16798.AirSpeedFromC ? ElevatedAirSpeed.RaiseK(conditions.Occupant.AirSpeed) : 0);
        return Math.Max(operative - raised, band.Low.Value - operative);
    }

    private double Vote(in RoomHour hour)
    {
        var (t, rh) = (Temperature(hour), Humidity(hour));
        return Value(Pmv.Iso7730(t, t, conditions.Occupant.AirSpeed, rh, conditions.Occupant.Met, conditions.Occupant.Clo).Vote);
    }

    private double CoolingBelow26(RoomHour hour)
    {
        if (hour.CoolingOn is not { } on)
        {
            refused ??= CoolingUnknown;
            return double.NaN;
        }

        // At 26 °C exactly cooling may not run either: the smallest excess makes the bound count.
        var below = ThresholdHours.CoolingAllowedAboveC - Temperature(hour);
        return !on ? 0 : below == 0 ? double.Epsilon : below;
    }

    private double BeyondRange(RoomHour hour)
    {
        if (double.IsNaN(hour.RunningMeanC))
        {
            refused ??= OutdoorUnknown;
            return double.NaN;
        }

        return ConditionedRanges.Temperature(conditions.Category, ConditionedRanges.Season(hour.RunningMeanC)).Beyond(Temperature(hour));
    }

    private (double, string, Exceedance?, Inapplicability?) Share(Func<RoomHour, double> excess) => Count(excess, "%", e => 100 * e.Share);

    private (double, string, Exceedance?, Inapplicability?) Hours(Func<RoomHour, double> excess, Func<RoomHour, bool>? scope = null) =>
        Count(excess, "h", e => e.OutsideHours, scope: scope);

    private (double, string, Exceedance?, Inapplicability?) Count(
        Func<RoomHour, double> excess, string unit, Func<Exceedance, double> value, bool isCount = true,
        Func<RoomHour, bool>? scope = null)
    {
        var counter = new ExceedanceCounter();
        long all = 0, within = 0;
        for (var i = 0; i < hours.Count; i++)
        {
            var hour = hours[i];
            var counts = scope is null || scope(hour);
            all += hour.Climate.Duration.Ticks;
            within += counts ? hour.Climate.Duration.Ticks : 0;
            if (counts && hour.Climate.Occupied)
            {
                counter.Add(excess(hour), hour.Climate.Duration);
            }
            else
            {
                counter.Break();
            }
        }

        // Nights, or the heating season, are as large a part of the period as of the hours.
        var count = counter.Summary(all > 0 ? period * ((double)within / all) : period);
        return count.SampleCount == 0
            ? (double.NaN, unit, null, refused ?? NoData)
            : (value(count), unit, isCount ? count : null, null);
    }

    /// <summary>Highest monthly mean of the humidity at the coldest surface.</summary>
    private (double, string, Exceedance?, Inapplicability?) SurfaceMonth()
    {
        if (conditions.TemperatureFactor is not { } factor)
        {
            return (double.NaN, "%", null, SurfaceUnknown);
        }

        var sums = new double[12];
        var counts = new int[12];
        foreach (var hour in hours)
        {
            var t = Temperature(hour);
            var surface = hour.OutdoorC + (factor * (t - hour.OutdoorC));
            if (SurfaceHumidity.At(t, Humidity(hour), surface).TryGetValue(out var rh))
            {
                sums[hour.Start.Month - 1] += rh;
                counts[hour.Start.Month - 1]++;
            }
        }

        var highest = double.NaN;
        for (var month = 0; month < 12; month++)
        {
            highest = counts[month] > 0 && !(sums[month] / counts[month] <= highest) ? sums[month] / counts[month] : highest;
        }

        return double.IsNaN(highest)
            ? (double.NaN, "%", null, hours.Any(h => !double.IsNaN(h.Climate.TemperatureC)) ? OutdoorUnknown : NoData)
            : (highest, "%", null, null);
    }

    private (double, string, Exceedance?, Inapplicability?) Mould()
    {
        var shifted = hours.Select(h => h.Climate with { TemperatureC = Temperature(h), RelativeHumidityPct = Humidity(h) });
        var history = MouldHistory.Run(shifted, conditions.MouldSensitivity);
        return history.SampleCount == 0 ? (double.NaN, "", null, NoData) : (history.Highest, "", null, null);
    }
}
