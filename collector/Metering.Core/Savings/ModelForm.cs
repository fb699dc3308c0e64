namespace Metering.Core.Savings;

/// <summary>
/// Forms of the dependence of use per day on outdoor temperature T. Change-point names as in ASHRAE 1050-RP (general
/// knowledge, not re-read); CalTRACK's candidates are the same functions by other names. (x)+ is the greater of x and 0.
/// </summary>
public enum ModelForm
{
    /// <summary>y = a. CalTRACK: intercept only.</summary>
    Mean = 0,

    /// <summary>2P: y = a + b T.</summary>
    TwoParameter = 1,

    /// <summary>3PC: y = a + c (T - Tc)+. CalTRACK: CDD only.</summary>
    ThreeParameterCooling = 2,

    /// <summary>3PH: y = a + h (Th - T)+. CalTRACK: HDD only.</summary>
    ThreeParameterHeating = 3,

    /// <summary>4P: y = a + h (Tc - T)+ + c (T - Tc)+, slopes of any sign.</summary>
    FourParameter = 4,

    /// <summary>5P: y = a + h (Th - T)+ + c (T - Tc)+ with Th at or below Tc. CalTRACK: HDD and CDD.</summary>
    FiveParameter = 5,
}
