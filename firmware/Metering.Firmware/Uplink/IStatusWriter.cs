namespace Metering.Firmware.Uplink
{
    /// <summary>Writes the board's state of health.</summary>
    public interface IStatusWriter
    {
        /// <summary>A finished status pack.</summary>
        byte[] StatusPack();
    }
}
