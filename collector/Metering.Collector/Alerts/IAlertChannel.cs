namespace Metering.Collector.Alerts;

/// <summary>A way to tell people.</summary>
internal interface IAlertChannel
{
    /// <summary>Stable name; messages that wait are kept under it.</summary>
    string Name { get; }

    /// <summary>Sends some messages as one.</summary>
    /// <exception cref="AlertSendException">It was not taken; try again later.</exception>
    Task SendAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken);
}

/// <summary>A mail server or a webhook did not take a message.</summary>
public sealed class AlertSendException : Exception
{
    public AlertSendException()
    {
    }

    public AlertSendException(string message)
        : base(message)
    {
    }

    public AlertSendException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
