using Metering.Mqtt.Codec;

namespace Metering.Mqtt.Server;

/// <summary>Publishes wills: at once, or after their delay unless the client comes back (5.0, 3.1.3.2.2).</summary>
internal sealed class WillSchedule(MqttEndpoint endpoint)
{
    /// <summary>A connection ended without a DISCONNECT that takes the will back.</summary>
    public void ConnectionLost(MqttSession session, MqttWill will)
    {
        uint delaySeconds = will.Properties.WillDelaySeconds ?? 0;
        if (delaySeconds == 0 || session.ExpirySeconds == 0)
        {
            endpoint.PublishWill(session, will);
            return;
        }

        lock (session.Gate)
        {
            session.Will = new(will, endpoint.Time.CreateTimer(
                _ => SessionEnded(session), null, TimeSpan.FromSeconds(delaySeconds), Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>The client came back in time.</summary>
    public static void Cancel(MqttSession session) => Take(session);

    /// <summary>The session ended, or the delay did, whichever was first.</summary>
    public void SessionEnded(MqttSession session)
    {
        if (Take(session) is { } will)
        {
            endpoint.PublishWill(session, will);
        }
    }

    private static MqttWill? Take(MqttSession session)
    {
        lock (session.Gate)
        {
            PendingWill? pending = session.Will;
            session.Will = null;
            pending?.Timer.Dispose();
            return pending?.Will;
        }
    }
}
