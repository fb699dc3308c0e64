using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Metering.Core.Alerts;
using Metering.Core.Languages;

namespace Metering.Collector.Alerts;

/// <summary>
/// Posts alerts as JSON. The header <see cref="SignatureHeader"/> holds <c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 (RFC 2104) with the
/// secret over the bytes of <c>SECONDS.BODY</c>, so that a receiver can tell whom it comes from and refuse an old one.
/// </summary>
internal sealed class WebhookChannel : IAlertChannel, IDisposable
{
    public const string SignatureHeader = "X-Metering-Signature";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient http;
    private readonly Uri url;
    private readonly byte[] secret;
    private readonly Language language;
    private readonly TimeProvider clock;

    /// <param name="url">Where to.</param>
    /// <param name="secret">Key of the signature.</param>
    /// <param name="language">Language of the sentences.</param>
    /// <param name="clock">Dates the signature.</param>
    /// <param name="handler">Sends the requests; null: over the network, without following redirections.</param>
    public WebhookChannel(Uri url, byte[] secret, Language language, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        this.url = url;
        this.secret = secret;
        this.language = language;
        this.clock = clock;
        http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: handler is null) { Timeout = Timeout };
    }

    public string Name => "webhook";

    public async Task SendAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
    {
        var body = Body(messages);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SignatureHeader, Sign(secret, clock.GetUtcNow(), body));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new AlertSendException(string.Create(CultureInfo.InvariantCulture, $"the webhook answered {(int)response.StatusCode}"));
            }
        }
        catch (HttpRequestException failure)
        {
            throw new AlertSendException(failure.Message, failure);
        }
        catch (TaskCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlertSendException("the webhook did not answer in time", failure);
        }
    }

    public void Dispose() => http.Dispose();

    internal static string Sign(byte[] secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body];
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed))}";
    }

    private byte[] Body(IReadOnlyList<AlertMessage> messages) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            alerts = messages.Select(message => new
            {
                id = message.Alert.Id,
                kind = AlertText.Code(message.Alert.Key.Kind),
                subject = message.Alert.Key.Subject,
                state = message.IsRaised ? "raised" : "cleared",
                at = message.Queued,
                value = message.IsRaised ? message.Alert.RaisedValue : message.Alert.ClearedValue,
                unit = AlertText.Unit(message.Alert.Key.Kind),
                sentence = AlertText.Sentence(message.Alert.Key, message.Alert.RaisedValue, language),
            }),
        },
        JsonSerializerOptions.Web);
}
