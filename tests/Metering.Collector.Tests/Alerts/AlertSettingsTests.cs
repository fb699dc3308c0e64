using Metering.Collector.Cli;
using Metering.Collector.Hosting;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Alerts;

public sealed class AlertSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private CollectorSettings Load(string alerts)
    {
        File.WriteAllText(folder.File("metering.json"), $$"""{ "Alerts": {{alerts}} }""");
        return CollectorSettings.Load(folder.File("metering.json"));
    }

    [Fact]
    public void A_limit_that_is_set_leaves_the_others_as_they_are()
    {
        var alerts = Load("""{ "Language": "English", "Thresholds": { "SilentBoard": { "Raise": 90, "ClearAfter": "00:45:00" }, "Disk": { "Raise": 2048, "Clear": 4096 } } }""").Alerts;

        Assert.Equal(90, alerts.Thresholds.SilentBoard.Raise);
        Assert.Equal(20, alerts.Thresholds.SilentBoard.Clear);
        Assert.Equal(TimeSpan.FromMinutes(45), alerts.Thresholds.SilentBoard.ClearAfter);
        Assert.True(alerts.Thresholds.Disk.LowIsBad);
        Assert.Equal(120, alerts.Thresholds.SilentSensor.Raise);
    }

    [Theory]
    [InlineData("""{ "EverySeconds": 0 }""", "Alerts:EverySeconds")]
    [InlineData("""{ "Thresholds": { "Disk": { "Raise": 5, "Clear": 5 } } }""", "Alerts:Thresholds:Disk")]
    [InlineData("""{ "Thresholds": { "Discs": { "Raise": 5 } } }""", "Alerts:Thresholds:Discs")]
    [InlineData("""{ "Mail": { "Host": "mail.example" } }""", "Alerts:Mail:From")]
    [InlineData("""{ "Mail": { "Host": "mail.example", "From": "m@example.org" } }""", "Alerts:Mail:To")]
    [InlineData("""{ "Mail": { "Host": "mail.example", "From": "m@example.org", "To": [ "a@b.c\r\nX" ] } }""", "Alerts:Mail:To")]
    [InlineData("""{ "Mail": { "Security": "Maybe" } }""", "Alerts:Mail:Security")]
    [InlineData("""{ "Webhook": { "Url": "http://elsewhere.example/x", "SecretFile": "x" } }""", "Alerts:Webhook:Url")]
    [InlineData("""{ "Webhook": { "Url": "https://hook.example/x" } }""", "Alerts:Webhook:SecretFile")]
    [InlineData("""{ "Webhoek": { } , "x": 1 }""", "Alerts:")]
    public void What_cannot_work_is_refused_at_the_start_by_its_key(string alerts, string key) =>
        Assert.StartsWith(key, Assert.Throws<UsageException>(() => Load(alerts)).Message, StringComparison.Ordinal);
}
