using System.Globalization;
using System.Text;
using Metering.Core.Alerts;
using Metering.Core.Languages;

namespace Metering.Collector.Alerts;

/// <summary>Alerts as one mail to everybody on the list.</summary>
internal sealed class MailChannel(MailSettings settings, Language language, TimeProvider clock) : IAlertChannel
{
    public string Name => "mail";

    public Task SendAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken) =>
        SmtpClient.SendAsync(settings, new MailText(Subject(messages), Body(messages), clock.GetUtcNow()), cancellationToken);

    internal string Subject(IReadOnlyList<AlertMessage> messages)
    {
        var raised = messages.Where(static message => message.IsRaised).ToList();
        return raised.Count == 1
            ? AlertText.Sentence(raised[0].Alert.Key, raised[0].Alert.RaisedValue, language)
            : (raised.Count, language) switch
            {
                (0, Language.French) => string.Create(CultureInfo.InvariantCulture, $"{messages.Count} alerte(s) terminée(s)"),
                (0, _) => string.Create(CultureInfo.InvariantCulture, $"{messages.Count} alert(s) cleared"),
                (var count, Language.French) => string.Create(CultureInfo.InvariantCulture, $"{count} nouvelles alertes"),
                var (count, _) => string.Create(CultureInfo.InvariantCulture, $"{count} new alerts"),
            };
    }

    private string Body(IReadOnlyList<AlertMessage> messages)
    {
        var french = language == Language.French;
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            var state = (message.IsRaised, french) switch
            {
                (true, true) => "ALERTE",
                (true, false) => "ALERT",
                (false, true) => "Terminée",
                (false, false) => "Cleared",
            };
            text.Append(CultureInfo.InvariantCulture, $"{message.Queued:yyyy-MM-dd HH:mm} UTC  {state}  ")
                .Append(AlertText.Sentence(message.Alert.Key, message.Alert.RaisedValue, language)).Append("\r\n");
            if (message.IsRaised)
            {
                text.Append("  ").Append(AlertText.Advice(message.Alert.Key.Kind, language)).Append("\r\n");
            }
        }

        return text.ToString();
    }
}
