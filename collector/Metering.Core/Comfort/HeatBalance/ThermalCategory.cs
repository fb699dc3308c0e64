namespace Metering.Core.Comfort.HeatBalance;

/// <summary>Category by vote, best first. EN 16798-1:2019, annex B.2.1, table B.1; ISO 7730:2005, annex A, names I to III A to C.</summary>
public enum ThermalCategory
{
    /// <summary>|PMV| below 0.2, PPD below 6 %.</summary>
    I = 1,

    /// <summary>|PMV| below 0.5, PPD below 10 %.</summary>
    II = 2,

    /// <summary>|PMV| below 0.7, PPD below 15 %.</summary>
    III = 3,

    /// <summary>|PMV| below 1.0, PPD below 25 %; EN 16798-1 only.</summary>
    IV = 4,

    /// <summary>Beyond every category.</summary>
    None = 5,
}

/// <summary>Bounds of the categories.</summary>
public static class ThermalCategories
{
    /// <summary>Largest |PMV| (exclusive) of a category; infinite beyond every category.</summary>
    public static double VoteBound(ThermalCategory category) => category switch
    {
        ThermalCategory.I => 0.2,
        ThermalCategory.II => 0.5,
        ThermalCategory.III => 0.7,
        ThermalCategory.IV => 1.0,
        ThermalCategory.None => double.PositiveInfinity,
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Allowed are I, II, III, IV and None."),
    };

    /// <summary>The best category that contains the vote.</summary>
    public static ThermalCategory OfVote(double vote) => Math.Abs(vote) switch
    {
        < 0.2 => ThermalCategory.I,
        < 0.5 => ThermalCategory.II,
        < 0.7 => ThermalCategory.III,
        < 1.0 => ThermalCategory.IV,
        _ => ThermalCategory.None,
    };
}
