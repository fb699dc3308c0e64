using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Metering.Collector.Tests.Alerts;

/// <summary>
/// A mail server of one connection that follows a script: greeting, EHLO, optionally STARTTLS with a real handshake, AUTH,
/// one message. It keeps every line that it was sent.
/// </summary>
internal sealed class ScriptedMailServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly bool offersTls;
    private readonly string? refuse;

    /// <param name="certificate">Shown after STARTTLS; null: there is no TLS.</param>
    /// <param name="offersTls">Whether EHLO says STARTTLS.</param>
    /// <param name="refuse">Begin of a command that is answered 550.</param>
    public ScriptedMailServer(X509Certificate2? certificate, bool offersTls = true, string? refuse = null)
    {
        this.certificate = certificate;
        this.offersTls = offersTls;
        this.refuse = refuse;
        listener.Start();
        Served = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Ends when the client has gone.</summary>
    public Task Served { get; }

    /// <summary>Lines before the TLS handshake.</summary>
    public List<string> Plain { get; } = [];

    /// <summary>Lines after it.</summary>
    public List<string> Secured { get; } = [];

    public string Message { get; private set; } = "";

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        using var client = await listener.AcceptTcpClientAsync();
        Stream stream = client.GetStream();
        try
        {
            await SayAsync(stream, "220 mail.example ESMTP");
            var seen = Plain;
            while (await LineAsync(stream) is { } line)
            {
                seen.Add(line);
                if (refuse is not null && line.StartsWith(refuse, StringComparison.Ordinal))
                {
                    await SayAsync(stream, "550 5.7.1 not here");
                }
                else if (line.StartsWith("EHLO", StringComparison.Ordinal))
                {
                    await SayAsync(stream, offersTls ? "250-mail.example\r\n250-8BITMIME\r\n250-STARTTLS\r\n250 AUTH PLAIN" : "250 mail.example");
                }
                else if (line == "STARTTLS" && certificate is not null)
                {
                    await SayAsync(stream, "220 go ahead");
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(certificate);
                    (stream, seen) = (secure, Secured);
                }
                else if (line.StartsWith("AUTH", StringComparison.Ordinal))
                {
                    await SayAsync(stream, "235 2.7.0 welcome");
                }
                else if (line == "DATA")
                {
                    await SayAsync(stream, "354 end with a dot");
                    var text = new StringBuilder();
                    while (await LineAsync(stream) is { } part && part != ".")
                    {
                        text.Append(part).Append('\n');
                    }

                    Message = text.ToString();
                    await SayAsync(stream, "250 2.0.0 taken");
                }
                else if (line == "QUIT")
                {
                    return;
                }
                else
                {
                    await SayAsync(stream, "250 fine");
                }
            }
        }
        catch (Exception failure) when (failure is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away: what it said before is kept.
        }
    }

    private static async Task SayAsync(Stream stream, string reply) => await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"));

    private static async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) > 0)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }
}
