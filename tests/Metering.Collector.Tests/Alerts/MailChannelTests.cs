using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Metering.Collector.Alerts;
using Metering.Collector.Tests.Mqtt;
using Metering.Core.Alerts;
using Metering.Core.Languages;
using Xunit;

namespace Metering.Collector.Tests.Alerts;

/// <summary>The mail client against a scripted server on loopback, with a real TLS handshake under a private authority.</summary>
public sealed partial class MailChannelTests : IDisposable
{
    private const string Password = "s3cret, with é";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    private readonly TestCertificates certificates = new();

    public void Dispose() => certificates.Dispose();

    private X509Certificate2 ServerCertificate()
    {
        using var pem = X509Certificate2.CreateFromPemFile(certificates.File("server.crt"), certificates.File("server.key"));
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private MailSettings Settings(int port, MailSecurity security = MailSecurity.StartTls)
    {
        File.WriteAllText(certificates.File("password"), Password + "\n");
        return new MailSettings
        {
            Host = "localhost", Port = port, Security = security, User = "metering",
            PasswordFile = security == MailSecurity.None ? null : certificates.File("password"),
            CertificateAuthorityFile = certificates.File("ca.crt"),
            From = "metering@example.org", To = ["office@example.org", "technician@example.org"],
        };
    }

    private static Task SendAsync(MailSettings settings, params AlertMessage[] messages) =>
        new MailChannel(settings, Language.French, TimeProvider.System).SendAsync(messages, CancellationToken.None);

    private static AlertMessage Silent(string board, bool raised = true) =>
        new(1, raised, At, 0, new Alert(1, new AlertKey(AlertKind.SilentBoard, board), At, 90, null, null, null));

    [Fact]
    public async Task A_mail_goes_out_under_tls_to_everybody_with_subject_and_advice()
    {
        using var certificate = ServerCertificate();
        using var server = new ScriptedMailServer(certificate);
        await SendAsync(Settings(server.Port), Silent("0024befffe804ff1"));
        await server.Served.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["EHLO [127.0.0.1]", "STARTTLS"], server.Plain);
        Assert.Equal(
            ["EHLO [127.0.0.1]", "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes("\0metering\0" + Password)),
             "MAIL FROM:<metering@example.org>", "RCPT TO:<office@example.org>", "RCPT TO:<technician@example.org>", "DATA", "QUIT"],
            server.Secured);
        Assert.Contains("La carte 0024befffe804ff1 se tait depuis 90 min.", Subject(server.Message), StringComparison.Ordinal);
        var body = Body(server.Message);
        Assert.Contains("2026-03-01 06:00 UTC  ALERTE", body, StringComparison.Ordinal);
        Assert.Contains("Vérifier son alimentation", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_offer_tls_gets_neither_password_nor_message()
    {
        using var server = new ScriptedMailServer(null, offersTls: false);
        var refused = await Assert.ThrowsAsync<AlertSendException>(() => SendAsync(Settings(server.Port), Silent("b")));
        await server.Served.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Contains("STARTTLS", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["EHLO [127.0.0.1]"], server.Plain);
    }

    [Fact]
    public async Task A_server_whose_certificate_another_authority_signed_gets_nothing()
    {
        using var certificate = ServerCertificate();
        using var server = new ScriptedMailServer(certificate);
        await Assert.ThrowsAsync<AlertSendException>(() => SendAsync(
            Settings(server.Port) with { CertificateAuthorityFile = certificates.File("other-ca.crt") }, Silent("b")));
        await server.Served.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(server.Secured);
    }

    [Fact]
    public async Task A_refused_recipient_is_a_failure_with_the_servers_words()
    {
        using var server = new ScriptedMailServer(null, refuse: "RCPT TO:<technician");
        var refused = await Assert.ThrowsAsync<AlertSendException>(() => SendAsync(Settings(server.Port, MailSecurity.None), Silent("b")));

        Assert.Contains("550 5.7.1 not here", refused.Message, StringComparison.Ordinal);
        Assert.Equal("", server.Message);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure()
    {
        int port;
        using (var server = new ScriptedMailServer(null))
        {
            port = server.Port;
        }

        await Assert.ThrowsAsync<AlertSendException>(() => SendAsync(Settings(port, MailSecurity.None), Silent("b")));
    }

    [Fact]
    public async Task Many_alerts_are_one_mail()
    {
        using var server = new ScriptedMailServer(null);
        await SendAsync(Settings(server.Port, MailSecurity.None), [.. Enumerable.Range(0, 100).Select(i => Silent($"board-{i}"))]);
        await server.Served.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("100 nouvelles alertes", Subject(server.Message));
        Assert.Contains("board-99", Body(server.Message), StringComparison.Ordinal);
        Assert.All(server.Message.Split('\n'), line => Assert.InRange(line.Length, 0, 998));
    }

    [Theory]
    [InlineData("a@b.fr", true)]
    [InlineData("a@b.fr>\r\nRCPT TO:<x@y", false)]
    [InlineData("a b@c.fr", false)]
    [InlineData("a@b@c.fr", false)]
    [InlineData("@b.fr", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_address_that_could_end_the_command_is_refused_at_the_start(string? address, bool usable) =>
        Assert.Equal(usable, MailAddress.IsUsable(address));

    /// <summary>The subject's encoded words (RFC 2047), unfolded and joined.</summary>
    private static string Subject(string message)
    {
        var header = message[(message.IndexOf("Subject:", StringComparison.Ordinal) + 8)..message.IndexOf("\nMessage-ID:", StringComparison.Ordinal)];
        var bytes = new List<byte>();
        foreach (Match word in EncodedWord().Matches(header))
        {
            Assert.InRange(word.Length, 1, 75);
            bytes.AddRange(Convert.FromBase64String(word.Groups[1].Value));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static string Body(string message) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(message[(message.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]));

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]+)\?=", RegexOptions.CultureInvariant)]
    private static partial Regex EncodedWord();
}
