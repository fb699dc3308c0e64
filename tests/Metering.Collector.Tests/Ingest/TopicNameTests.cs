using Metering.Collector.Ingest;
using Xunit;

namespace Metering.Collector.Tests.Ingest;

public sealed class TopicNameTests
{
    [Theory]
    [InlineData("metering/v1/0024befffe804ff1/readings", TopicKind.Readings)]
    [InlineData("metering/v1/0024befffe804ff1/status", TopicKind.Status)]
    [InlineData("metering/v1/0024befffe804ff1/event", TopicKind.Event)]
    public void An_upward_topic_names_its_board_and_kind(string topic, TopicKind kind)
    {
        Assert.True(TopicName.TryParse(topic, out var board, out var parsed));
        Assert.Equal(("0024befffe804ff1", kind), (board, parsed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("metering/v1/0024befffe804ff1")]
    [InlineData("metering/v1/0024befffe804ff1/")]
    [InlineData("metering/v1/0024befffe804ff1/config")]
    [InlineData("metering/v1/0024befffe804ff1/readings/more")]
    [InlineData("metering/v1/0024BEFFFE804FF1/readings")]
    [InlineData("metering/v1/0024befffe804ff/readings")]
    [InlineData("metering/v1/../etc/passwd/x/readings")]
    [InlineData("metering/v2/0024befffe804ff1/readings")]
    public void Any_other_topic_is_not_read(string topic) => Assert.False(TopicName.TryParse(topic, out _, out _));
}
