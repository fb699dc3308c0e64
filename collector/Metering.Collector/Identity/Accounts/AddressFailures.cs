using System.Collections.Concurrent;

namespace Metering.Collector.Identity.Accounts;

/// <summary>Counts wrong passwords by address, in memory: a restart forgives, and the accounts' own lock does not.</summary>
internal sealed class AddressFailures(TimeProvider clock)
{
    /// <summary>Wrong passwords from one address within <see cref="Window"/>.</summary>
    public const int CountMax = 30;

    /// <summary>Addresses that are remembered; beyond, those whose window is over are forgotten, then all.</summary>
    public const int AddressesMax = 10_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Failures> failures = new(StringComparer.Ordinal);

    public bool IsBlocked(string address) =>
        failures.TryGetValue(address, out var found) && clock.GetUtcNow() - found.Since < Window && found.Count >= CountMax;

    public void Count(string address)
    {
        var now = clock.GetUtcNow();
        if (failures.Count >= AddressesMax)
        {
            foreach (var (known, old) in failures)
            {
                if (now - old.Since >= Window)
                {
                    failures.TryRemove(known, out _);
                }
            }

            if (failures.Count >= AddressesMax)
            {
                failures.Clear();
            }
        }

        failures.AddOrUpdate(
            address,
            static (_, at) => new Failures(at, 1),
            static (_, found, at) => at - found.Since < Window ? found with { Count = found.Count + 1 } : new Failures(at, 1),
            now);
    }

    private sealed record Failures(DateTimeOffset Since, int Count);
}
