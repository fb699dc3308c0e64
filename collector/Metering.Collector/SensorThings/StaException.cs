namespace Metering.Collector.SensorThings;

/// <summary>A request that is not served: 400 what is malformed, 404 what is not there, 501 what this service does not do.</summary>
internal sealed class StaException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    public static StaException Bad(string message) => new(StatusCodes.Status400BadRequest, message);

    public static StaException NotFound() => new(StatusCodes.Status404NotFound, "There is no such entity.");

    public static StaException NotDone(string message) => new(StatusCodes.Status501NotImplemented, message);
}
