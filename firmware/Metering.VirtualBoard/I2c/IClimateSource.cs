namespace Metering.Virtual;

/// <summary>The air around a sensor as a function of true time.</summary>
public interface IClimateSource
{
    /// <summary>Temperature in degrees Celsius and relative humidity in percent at an instant (microseconds since the Unix epoch).</summary>
    (double Celsius, double Percent) At(long atUs);
}
