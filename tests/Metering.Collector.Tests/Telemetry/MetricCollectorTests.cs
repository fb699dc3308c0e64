using System.Diagnostics.Metrics;
using Metering.Collector.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Telemetry;

public sealed class MetricCollectorTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    private IMeterFactory Factory => services.GetRequiredService<IMeterFactory>();

    [Fact]
    public void Counters_gauges_and_histograms_come_out_as_the_format_says()
    {
        using var collector = new MetricCollector(Factory);
        var meter = Factory.Create("Metering.Test");
        var counter = meter.CreateCounter<long>("test.things", "{thing}", "Things \\ with\nall that is \"escaped\".");
        counter.Add(3, new KeyValuePair<string, object?>("a.b", "x\"y\\z\nw"));
        counter.Add(4, new KeyValuePair<string, object?>("a.b", "x\"y\\z\nw"));
        var present = meter.CreateUpDownCounter<long>("test.present");
        present.Add(5);
        present.Add(-2);
        var age = 7.5;
        meter.CreateObservableGauge("test.age", () => age, "s");
        var histogram = meter.CreateHistogram<double>("test.duration", "s");
        histogram.Record(0.003);
        histogram.Record(0.003);
        histogram.Record(99);

        var samples = ExpositionGrammar.Read(PrometheusText.Write(collector.Collect()));

        Assert.Equal(7, samples["test_things_total{a_b=\"x\\\"y\\\\z\\nw\"}"]);
        Assert.Equal(3, samples["test_present"]);
        Assert.Equal(7.5, samples["test_age_seconds"]);
        Assert.Equal(0, samples["test_duration_seconds_bucket{le=\"0.0025\"}"]);
        Assert.Equal(2, samples["test_duration_seconds_bucket{le=\"0.005\"}"]);
        Assert.Equal(2, samples["test_duration_seconds_bucket{le=\"10\"}"]);
        Assert.Equal(3, samples["test_duration_seconds_bucket{le=\"+Inf\"}"]);
        Assert.Equal(99.006, samples["test_duration_seconds_sum"], 9);
        age = 8;
        Assert.Equal(8, ExpositionGrammar.Read(PrometheusText.Write(collector.Collect()))["test_age_seconds"]);
    }

    [Fact]
    public void Only_this_programs_meters_of_this_host_are_shown()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var collector = new MetricCollector(Factory);
        Factory.Create("Metering.Test").CreateCounter<long>("mine").Add(1);
        Factory.Create("Elsewhere").CreateCounter<long>("not.ours").Add(1);
        other.GetRequiredService<IMeterFactory>().Create("Metering.Test").CreateCounter<long>("another.hosts").Add(1);

        var names = collector.Collect().Select(f => f.Name).ToList();

        Assert.Contains("mine_total", names);
        Assert.DoesNotContain("not_ours_total", names);
        Assert.DoesNotContain("another_hosts_total", names);
    }

    [Fact]
    public void Too_many_label_values_are_counted_together()
    {
        using var collector = new MetricCollector(Factory);
        var counter = Factory.Create("Metering.Test").CreateCounter<long>("many");
        for (var i = 0; i < MetricCollector.SeriesMax + 10; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("n", i));
        }

        var samples = ExpositionGrammar.Read(PrometheusText.Write(collector.Collect())).Where(s => s.Key.StartsWith("many", StringComparison.Ordinal)).ToList();

        Assert.Equal(MetricCollector.SeriesMax + 1, samples.Count);
        Assert.Equal(10, samples.Single(s => s.Key.Contains("overflow", StringComparison.Ordinal)).Value);
    }

    [Theory]
    [InlineData("# HELP a x\n# TYPE a gauge\na 1")]
    [InlineData("# HELP a x\n# TYPE a gauge\na 1\nb 2\n")]
    [InlineData("# HELP a x\n# TYPE a gauge\na 1\na 1\n")]
    [InlineData("# HELP a x\n# TYPE a gauge\na{b=\"c\nd\"} 1\n")]
    public void The_restated_grammar_refuses_what_is_wrong(string text) => Assert.Throws<FormatException>(() => ExpositionGrammar.Read(text));
}
