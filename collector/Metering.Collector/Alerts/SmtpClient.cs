using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Metering.Collector.Alerts;

/// <summary>One plain text.</summary>
internal sealed record MailText(string Subject, string Body, DateTimeOffset Date);

/// <summary>
/// Hands one mail to one server: SMTP (RFC 5321) with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954). A server that does not
/// offer what the settings ask for gets nothing: there is no silent fall-back to plain text.
/// </summary>
internal sealed class SmtpClient : IDisposable
{
    /// <summary>Lines of one reply.</summary>
    private const int ReplyLinesMax = 100;

    /// <summary>Characters of one line of a reply (RFC 5321, 4.5.3.1.5 asks for 512).</summary>
    private const int LineCharactersMax = 2000;

    /// <summary>Base64 characters of a line (RFC 2045, 6.8).</summary>
    private const int Base64LineCharacters = 76;

    /// <summary>UTF-8 bytes of an encoded word: 75 characters with its frame (RFC 2047, section 2), whole characters only.</summary>
    private const int EncodedWordBytes = 42;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly TcpClient tcp;
    private Stream stream;
    private readonly byte[] one = new byte[1];

    private SmtpClient(TcpClient tcp)
    {
        this.tcp = tcp;
        stream = tcp.GetStream();
    }

    /// <exception cref="AlertSendException">The server cannot be reached, is not who it should be, or refuses.</exception>
    public static async Task SendAsync(MailSettings settings, MailText text, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(settings.Host!, settings.Port, limit.Token).ConfigureAwait(false);
            using var client = new SmtpClient(tcp);
            await client.DeliverAsync(settings, text, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or SocketException or AuthenticationException)
        {
            throw new AlertSendException("mail server: " + failure.Message, failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlertSendException("mail server: no answer in time", failure);
        }
        finally
        {
            tcp.Dispose();
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        tcp.Dispose();
    }

    private async Task DeliverAsync(MailSettings settings, MailText text, CancellationToken cancellationToken)
    {
        if (settings.Security == MailSecurity.Tls)
        {
            await SecureAsync(settings, cancellationToken).ConfigureAwait(false);
        }

        await ExpectAsync(220, cancellationToken).ConfigureAwait(false);
        var offered = await HelloAsync(cancellationToken).ConfigureAwait(false);
        if (settings.Security == MailSecurity.StartTls)
        {
            if (!offered.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
            {
                throw new AlertSendException("mail server: it does not offer STARTTLS, which the settings ask for");
            }

            await CommandAsync("STARTTLS", 220, cancellationToken).ConfigureAwait(false);
            await SecureAsync(settings, cancellationToken).ConfigureAwait(false);

            // What was offered before the TLS handshake may be anybody's word (RFC 3207, 4.2).
            await HelloAsync(cancellationToken).ConfigureAwait(false);
        }

        if (settings.PasswordFile is { } file)
        {
            var password = (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).TrimEnd('\r', '\n');
            var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{settings.User}\0{password}"));
            await CommandAsync("AUTH PLAIN " + token, 235, cancellationToken, shown: "AUTH PLAIN").ConfigureAwait(false);
        }

        await CommandAsync($"MAIL FROM:<{settings.From}>", 250, cancellationToken).ConfigureAwait(false);
        foreach (var to in settings.To)
        {
            await CommandAsync($"RCPT TO:<{to}>", 250, cancellationToken).ConfigureAwait(false);
        }

        await CommandAsync("DATA", 354, cancellationToken).ConfigureAwait(false);
        await CommandAsync(Message(settings, text) + "\r\n.", 250, cancellationToken, shown: "the message").ConfigureAwait(false);
        await WriteAsync("QUIT", cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> HelloAsync(CancellationToken cancellationToken) =>
        await CommandAsync("EHLO [127.0.0.1]", 250, cancellationToken).ConfigureAwait(false);

    private async Task SecureAsync(MailSettings settings, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream);
        var options = new SslClientAuthenticationOptions { TargetHost = settings.Host };
        if (settings.CertificateAuthorityFile is { } authority)
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(authority);
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        await secure.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
        stream = secure;
    }

    private async Task<IReadOnlyList<string>> CommandAsync(string command, int expected, CancellationToken cancellationToken, string? shown = null)
    {
        await WriteAsync(command, cancellationToken).ConfigureAwait(false);
        return await ExpectAsync(expected, cancellationToken, shown ?? command).ConfigureAwait(false);
    }

    private async Task WriteAsync(string line, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads one reply; its lines without the code.</summary>
    private async Task<IReadOnlyList<string>> ExpectAsync(int expected, CancellationToken cancellationToken, string after = "the connection")
    {
        var lines = new List<string>();
        while (lines.Count < ReplyLinesMax)
        {
            var line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new AlertSendException("mail server: what it answers is not SMTP");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
            {
                return code == expected ? lines : throw new AlertSendException($"mail server: {line} after {after}");
            }
        }

        throw new AlertSendException("mail server: a reply without end");
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < LineCharactersMax)
        {
            if (await stream.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw new AlertSendException("mail server: it closed the connection");
            }

            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new AlertSendException("mail server: a line without end");
    }

    /// <summary>Headers and body (RFC 5322, RFC 2045), ASCII throughout; base64 lines never begin with a dot.</summary>
    private static string Message(MailSettings settings, MailText text)
    {
        var message = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Date: {text.Date.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n")
            .Append(CultureInfo.InvariantCulture, $"From: Metering <{settings.From}>\r\n")
            .Append("To: ").AppendJoin(",\r\n ", settings.To.Select(static to => $"<{to}>")).Append("\r\n")
            .Append("Subject: ").Append(EncodedWords(text.Subject)).Append("\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{Guid.NewGuid():N}@{settings.From![(settings.From!.IndexOf('@', StringComparison.Ordinal) + 1)..]}>\r\n")
            .Append("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Body));
        for (var i = 0; i < body.Length; i += Base64LineCharacters)
        {
            message.Append(body.AsSpan(i, Math.Min(Base64LineCharacters, body.Length - i))).Append("\r\n");
        }

        return message.ToString().TrimEnd();
    }

    private static string EncodedWords(string text)
    {
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = new byte[rune.Utf8SequenceLength];
            rune.EncodeToUtf8(bytes);
            if (word.Count + bytes.Length > EncodedWordBytes)
            {
                words.Add(Encode(word));
                word.Clear();
            }

            word.AddRange(bytes);
        }

        words.Add(Encode(word));
        return string.Join("\r\n ", words);

        static string Encode(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";
    }
}
