namespace Metering.Virtual;

/// <summary>
/// The processor stopped. Every call into a dead board throws it, so that firmware which catches everything cannot go
/// on either; the runner then discards the firmware's memory and boots it again.
/// </summary>
public sealed class PowerLostException(string cause) : Exception("The simulated processor stopped: " + cause);
