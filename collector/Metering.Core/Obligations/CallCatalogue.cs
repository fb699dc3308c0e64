namespace Metering.Core.Obligations;

/// <summary>The calls that a note may be for: those that travel with this program, and files of the user's own before them.</summary>
public sealed record CallCatalogue
{
    private CallCatalogue(IReadOnlyList<CallRules> calls) => Calls = calls;

    /// <summary>What travels with this program.</summary>
    public static CallCatalogue Embedded { get; } = new(CallRules.All);

    public IReadOnlyList<CallRules> Calls { get; }

    /// <summary>The rules of that key, or null.</summary>
    public CallRules? Find(string? key) => Calls.FirstOrDefault(c => c.Key == key);

    /// <summary>The same with rules of the user's own, which take the place of those of the same key.</summary>
    /// <exception cref="ArgumentException">Two files of one key.</exception>
    public CallCatalogue With(IReadOnlyList<CallRules> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        var twice = own.GroupBy(c => c.Key, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new([.. own, .. Calls.Where(c => own.All(o => o.Key != c.Key))])
            : throw new ArgumentException($"Call '{twice.Key}' is given twice.", nameof(own));
    }

    /// <summary>When a building of that label comes, by the first call that ranks labels, or null.</summary>
    public CallPriority? PriorityOf(string? label) => label is { Length: 1 }
        ? Calls.Select(c => c.PriorityOf(label[0])).FirstOrDefault(p => p is not null)
        : null;
}
