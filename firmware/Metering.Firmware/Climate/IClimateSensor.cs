namespace Metering.Firmware.Climate
{
    /// <summary>A temperature and humidity sensor, read in two steps so that nobody waits.</summary>
    public interface IClimateSensor
    {
        /// <summary>Serial number as the data sheet has it, 0 when the sensor has none.</summary>
        uint Serial { get; }

        /// <summary>Time from <see cref="Trigger"/> to the result, milliseconds.</summary>
        int MeasureMs { get; }

        bool HasPressure { get; }

        /// <summary>Starts a measurement; a <see cref="Metering.Wire.MissingCode"/>.</summary>
        byte Trigger();

        /// <summary>Reads the result into <see cref="TemperatureCenti"/> and the others; a <see cref="Metering.Wire.MissingCode"/>.</summary>
        byte Fetch();

        /// <summary>Hundredths of a degree Celsius.</summary>
        int TemperatureCenti { get; }

        /// <summary>Hundredths of a percent.</summary>
        int HumidityCenti { get; }

        /// <summary>Pascals.</summary>
        int PressurePa { get; }

        /// <summary>Fires the heater once; false when the sensor has none. Measurements are void for five minutes.</summary>
        bool Heat();
    }
}
