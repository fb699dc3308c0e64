namespace Metering.Collector.Tests.Storage;

/// <summary>A clock that stands still until it is moved, far from the real one.</summary>
internal sealed class ManualTime : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
