using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Collector.Provisioning;

/// <summary>
/// Lets provisioned boards in, each to its own topics only: by a certificate of the site's authority, or by user name
/// and password. Technicians log in with user name and password too (<see cref="TechnicianAccess"/>).
/// </summary>
internal sealed class BoardAuthenticator(IBoardCredentials boards) : IMqttAuthenticator
{
    public ValueTask<MqttAuthentication> AuthenticateAsync(MqttCredentials credentials, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        string? board = null;
        if (credentials.Peer.ClientCertificate is { } certificate)
        {
            board = boards.ByCertificate(certificate);
        }
        else if (credentials is { UserName: { } user, Password: { } password })
        {
            board = boards.ByPassword(user, password.Span);
        }

        return ValueTask.FromResult(board is null
            ? MqttAuthentication.Refuse(MqttReasonCode.NotAuthorized)
            : MqttAuthentication.Accept(board, TechnicianAccess.IsName(board) ? new TechnicianAccess() : new BoardAccess(board)));
    }

    /// <summary>A board publishes upwards and listens downwards, below its own name (docs/wire-format.md).</summary>
    internal sealed class BoardAccess(string board) : IMqttAccess
    {
        private readonly string _below = $"metering/v1/{board}/";

        public bool MayPublish(string topic) => Suffix(topic) is "readings" or "status" or "event";

        public bool MaySubscribe(string filter) => Suffix(filter) is "config" or "command";

        private string? Suffix(string topic) =>
            topic.StartsWith(_below, StringComparison.Ordinal) ? topic[_below.Length..] : null;
    }
}
