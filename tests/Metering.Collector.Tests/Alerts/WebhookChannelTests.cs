using System.Net;
using System.Text;
using System.Text.Json;
using Metering.Collector.Alerts;
using Metering.Collector.Tests.Mqtt;
using Metering.Collector.Tests.Storage;
using Metering.Core.Alerts;
using Metering.Core.Languages;
using Xunit;

namespace Metering.Collector.Tests.Alerts;

public sealed class WebhookChannelTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private static AlertMessage Message { get; } =
        new(7, true, At, 0, new Alert(3, new AlertKey(AlertKind.Disk, "store"), At, 512, null, null, null));

    [Fact]
    public async Task The_body_is_signed_so_that_openssl_finds_the_same_signature()
    {
        using var folder = new TemporaryFolder();
        using var answer = new Scripted(HttpStatusCode.NoContent);
        using var hook = new WebhookChannel(new Uri("https://hook.example/x"), "the secret"u8.ToArray(), Language.English, new ManualTime(), answer);
        await hook.SendAsync([Message], CancellationToken.None);

        var parts = answer.Signature!.Split(',');
        var seconds = parts[0]["t=".Length..];
        await File.WriteAllBytesAsync(folder.File("signed"), [.. Encoding.ASCII.GetBytes(seconds + "."), .. answer.Body!]);
        var printed = await Tool.RunAsync("openssl", ["dgst", "-sha256", "-hmac", "the secret", folder.File("signed")]);

        Assert.Equal(new ManualTime().Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), seconds);
        Assert.Equal("v1=" + printed.Trim().Split(' ')[^1], parts[1]);
        using var document = JsonDocument.Parse(answer.Body!);
        var alert = document.RootElement.GetProperty("alerts")[0];
        Assert.Equal("disk", alert.GetProperty("kind").GetString());
        Assert.Equal("raised", alert.GetProperty("state").GetString());
        Assert.Equal(512, alert.GetProperty("value").GetDouble());
        Assert.Equal("MiB", alert.GetProperty("unit").GetString());
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task Any_answer_but_success_is_a_failure(HttpStatusCode status)
    {
        using var answer = new Scripted(status);
        using var hook = new WebhookChannel(new Uri("https://hook.example/x"), [1], Language.English, TimeProvider.System, answer);

        await Assert.ThrowsAsync<AlertSendException>(() => hook.SendAsync([Message], CancellationToken.None));
    }

    private sealed class Scripted(HttpStatusCode status) : HttpMessageHandler
    {
        public string? Signature { get; private set; }

        public byte[]? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Signature = request.Headers.GetValues(WebhookChannel.SignatureHeader).Single();
            Body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage(status);
        }
    }
}
