using System.Net;

namespace Metering.Collector.Storage.Influx;

/// <summary>What to do about an error.</summary>
public enum InfluxErrorKind
{
    /// <summary>The server or the way to it failed: the same request may succeed later.</summary>
    Retryable = 0,

    /// <summary>The server asks for a pause: <see cref="InfluxException.RetryAfter"/>.</summary>
    Throttled = 1,

    /// <summary>Credentials, database or certificate are wrong: nothing succeeds before a person acts, no point is at fault.</summary>
    Misconfigured = 2,

    /// <summary>The content is refused and always will be; other lines of the same request may have been stored.</summary>
    Permanent = 3,

    /// <summary>The request is too large: smaller ones may pass.</summary>
    TooLarge = 4,
}

/// <summary>An answer of the server that is not success, with the server's own words.</summary>
public sealed class InfluxException : Exception
{
    public InfluxException()
    {
    }

    public InfluxException(string message)
        : base(message)
    {
    }

    public InfluxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal InfluxException(InfluxErrorKind kind, HttpStatusCode? status, string words, TimeSpan? retryAfter = null, Exception? cause = null)
        : base(status is { } code ? FormattableString.Invariant($"InfluxDB answered {(int)code}: {words}") : $"InfluxDB cannot be reached: {words}", cause)
    {
        Kind = kind;
        Status = status;
        Words = words;
        RetryAfter = retryAfter;
    }

    public InfluxErrorKind Kind { get; }

    public HttpStatusCode? Status { get; }

    /// <summary>What the server said.</summary>
    public string Words { get; } = "";

    /// <summary>The pause the server asked for, if it did.</summary>
    public TimeSpan? RetryAfter { get; }
}
