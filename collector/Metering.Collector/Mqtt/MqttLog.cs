namespace Metering.Collector.Mqtt;

/// <summary>Log of endpoint and source. Event ids 1100 to 1199; the highest used is 1107. Messages are counted, not logged.</summary>
internal static partial class MqttLog
{
    [LoggerMessage(1101, LogLevel.Information, "MQTT client {ClientId} ({User}) connected from {Peer}")]
    public static partial void Connected(ILogger logger, string clientId, string? user, object? peer);

    [LoggerMessage(1102, LogLevel.Warning, "MQTT client {ClientId} from {Peer} was refused: {Reason}, {Detail}")]
    public static partial void Refused(ILogger logger, string clientId, object? peer, string reason, string detail);

    [LoggerMessage(1103, LogLevel.Information, "MQTT client {ClientId} disconnected: {Reason}, {Detail}")]
    public static partial void Disconnected(ILogger logger, string clientId, string reason, string detail);

    [LoggerMessage(1104, LogLevel.Warning, "MQTT client {ClientId} published to {Topic}, which it may not touch")]
    public static partial void PublishRefused(ILogger logger, string clientId, string topic);

    [LoggerMessage(1105, LogLevel.Information, "Connected to the broker {Host}:{Port}; it kept the session: {Present}")]
    public static partial void SourceConnected(ILogger logger, string host, int port, bool present);

    [LoggerMessage(1106, LogLevel.Warning, "Without the broker {Host}:{Port} for {Seconds:f1} s, then again: {Reason}")]
    public static partial void SourceLost(ILogger logger, string host, int port, double seconds, string reason);

    [LoggerMessage(1107, LogLevel.Error, "A message of the broker on {Topic} is not for this collector; it is acknowledged and dropped")]
    public static partial void SourceRefused(ILogger logger, string topic);
}
