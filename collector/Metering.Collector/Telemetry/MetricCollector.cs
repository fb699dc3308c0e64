using System.Diagnostics.Metrics;

namespace Metering.Collector.Telemetry;

/// <summary>
/// Adds up what the meters of this program count, from its start on, so that /metrics can be scraped. Meters that a host made
/// are told apart by its factory: two collectors in one process do not see each other's.
/// </summary>
internal sealed class MetricCollector : IDisposable
{
    /// <summary>Label combinations of one instrument; further ones are counted under <c>overflow="true"</c>.</summary>
    public const int SeriesMax = 2000;

    /// <summary>Upper bounds of histograms, s: from a millisecond to ten seconds.</summary>
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly KeyValuePair<string, string>[] Overflow = [new("overflow", "true")];

    private readonly Lock gate = new();
    private readonly Dictionary<string, Family> families = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();
    private readonly IMeterFactory factory;

    public MetricCollector(IMeterFactory factory)
    {
        this.factory = factory;
        listener.InstrumentPublished = Published;
        listener.SetMeasurementEventCallback<double>(Record);
        listener.SetMeasurementEventCallback<float>((i, v, t, s) => Record(i, v, t, s));
        listener.SetMeasurementEventCallback<long>((i, v, t, s) => Record(i, v, t, s));
        listener.SetMeasurementEventCallback<int>((i, v, t, s) => Record(i, v, t, s));
        listener.Start();
    }

    /// <summary>Everything as of now, ordered by name. Gauges are asked.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        lock (gate)
        {
            // A board that is gone must not be shown with its last value for ever.
            foreach (var family in families.Values.Where(static f => f.IsObserved))
            {
                family.Series.Clear();
            }
        }

        listener.RecordObservableInstruments();
        lock (gate)
        {
            return [.. families.Values.Where(static f => f.Series.Count > 0).OrderBy(static f => f.Name, StringComparer.Ordinal).Select(static f => f.Snapshot())];
        }
    }

    public void Dispose() => listener.Dispose();

    private void Published(Instrument instrument, MeterListener self)
    {
        var meter = instrument.Meter;
        if (!meter.Name.StartsWith("Metering.", StringComparison.Ordinal) || (meter.Scope is not null && !ReferenceEquals(meter.Scope, factory)))
        {
            return;
        }

        self.EnableMeasurementEvents(instrument);
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            labels[i] = new(PrometheusText.LabelName(tags[i].Key), Convert.ToString(tags[i].Value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
        }

        lock (gate)
        {
            if (!families.TryGetValue(instrument.Name, out var family))
            {
                families[instrument.Name] = family = new Family(instrument);
            }

            family.Record(labels, value);
        }
    }

    private sealed class Family
    {
        private readonly string help;
        private readonly bool isAbsolute;
        private readonly FamilyType type;

        public Family(Instrument instrument)
        {
            var generic = instrument.GetType().GetGenericTypeDefinition();
            type = generic == typeof(Histogram<>) ? FamilyType.Histogram
                : generic == typeof(Counter<>) || generic == typeof(ObservableCounter<>) ? FamilyType.Counter
                : FamilyType.Gauge;

            // Observed values and gauges are said whole, the others as what was added.
            isAbsolute = instrument.IsObservable || generic == typeof(Gauge<>);
            IsObserved = instrument.IsObservable;
            help = instrument.Description ?? instrument.Name;
            Name = PrometheusText.Name(instrument.Name, instrument.Unit, type);
        }

        public string Name { get; }

        public bool IsObserved { get; }

        public Dictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);

        public void Record(KeyValuePair<string, string>[] labels, double value)
        {
            var key = string.Join('\u0001', labels.Select(static label => label.Key + '\u0002' + label.Value));
            if (!Series.TryGetValue(key, out var series))
            {
                if (Series.Count >= SeriesMax)
                {
                    (key, labels) = ("overflow", Overflow);
                }

                if (!Series.TryGetValue(key, out series))
                {
                    Series[key] = series = new Series(labels);
                }
            }

            series.Sum = isAbsolute ? value : series.Sum + value;
            if (type == FamilyType.Histogram)
            {
                series.Count++;
                for (var i = 0; i < Bounds.Length; i++)
                {
                    series.Buckets[i] += value <= Bounds[i] ? 1 : 0;
                }
            }
        }

        public MetricFamily Snapshot() => new(Name, help, type, [.. Series.Values.SelectMany(s => type == FamilyType.Histogram ? Histogram(s) : [new SampleLine("", s.Labels, s.Sum)])]);

        private static IEnumerable<SampleLine> Histogram(Series series)
        {
            for (var i = 0; i < Bounds.Length; i++)
            {
                yield return new SampleLine("_bucket", [.. series.Labels, new("le", PrometheusText.Number(Bounds[i]))], series.Buckets[i]);
            }

            yield return new SampleLine("_bucket", [.. series.Labels, new("le", "+Inf")], series.Count);
            yield return new SampleLine("_sum", series.Labels, series.Sum);
            yield return new SampleLine("_count", series.Labels, series.Count);
        }
    }

    private sealed class Series(KeyValuePair<string, string>[] labels)
    {
        public KeyValuePair<string, string>[] Labels { get; } = labels;

        public double Sum { get; set; }

        public long Count { get; set; }

        public long[] Buckets { get; } = new long[Bounds.Length];
    }
}
