namespace Metering.Core.Comfort.Givoni;

/// <summary>In which plane the corners of a zone are joined by straight lines; between corners the two differ.</summary>
public enum GivoniInterpolation
{
    /// <summary>Temperature and humidity ratio: straight on the psychrometric chart.</summary>
    HumidityRatio = 0,

    /// <summary>Temperature and relative humidity.</summary>
    RelativeHumidity = 1,
}
