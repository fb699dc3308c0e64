using System.Net;

namespace Metering.Mqtt.Server;

/// <summary>Counts what each remote address does. Thread safe.</summary>
internal sealed class AddressLimiter(MqttAddressLimits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Account> _accounts = [];

    /// <summary>
    /// Counts a new connection. The account is null when the peer is exempt. IPv6 peers are counted by /64, the usual size
    /// of one site. False when the address has all the connections it may have.
    /// </summary>
    public bool TryOpen(MqttPeer peer, out Account? account)
    {
        account = null;
        if (peer.RemoteEndPoint is not IPEndPoint remote || (peer.IsLoopback && !limits.IncludeLoopback))
        {
            return true;
        }

        IPAddress address = Site(remote.Address);
        lock (_gate)
        {
            if (!_accounts.TryGetValue(address, out account))
            {
                if (_accounts.Count >= limits.AddressesMax)
                {
                    Forget();
                }

                _accounts.Add(address, account = new Account(limits, time));
            }

            return account.TryOpen();
        }
    }

    private static IPAddress Site(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }

    /// <summary>Connections are bounded by the endpoint, so there always are accounts without one once many are held.</summary>
    private void Forget()
    {
        foreach (IPAddress address in _accounts.Where(entry => entry.Value.IsIdle).Select(entry => entry.Key).ToList())
        {
            _accounts.Remove(address);
        }
    }

    /// <summary>What one address did lately.</summary>
    internal sealed class Account(MqttAddressLimits limits, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private readonly Queue<long> _failedLogins = new();
        private int _connections;
        private double _tokens = limits.MessagesPerSecondMax;
        private long _refilledAt = time.GetTimestamp();

        public bool IsIdle
        {
            get
            {
                lock (_gate)
                {
                    DropOldFailures();
                    return _connections == 0 && _failedLogins.Count == 0;
                }
            }
        }

        public bool TryOpen()
        {
            lock (_gate)
            {
                if (_connections >= limits.ConnectionsMax)
                {
                    return false;
                }

                _connections++;
                return true;
            }
        }

        public void Close()
        {
            lock (_gate)
            {
                _connections--;
            }
        }

        public bool MayLogIn()
        {
            lock (_gate)
            {
                DropOldFailures();
                return _failedLogins.Count < limits.FailedLoginsMax;
            }
        }

        public void LoginFailed()
        {
            lock (_gate)
            {
                if (_failedLogins.Count < limits.FailedLoginsMax)
                {
                    _failedLogins.Enqueue(time.GetTimestamp());
                }
            }
        }

        /// <summary>Takes the right to one message; answers how long to wait first.</summary>
        public TimeSpan TakeMessage()
        {
            lock (_gate)
            {
                long now = time.GetTimestamp();
                double grown = time.GetElapsedTime(_refilledAt, now).TotalSeconds * limits.MessagesPerSecondMax;
                _tokens = Math.Min(limits.MessagesPerSecondMax, _tokens + grown) - 1;
                _refilledAt = now;
                return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / limits.MessagesPerSecondMax);
            }
        }

        private void DropOldFailures()
        {
            while (_failedLogins.TryPeek(out long at) && time.GetElapsedTime(at) >= limits.FailedLoginWindow)
            {
                _failedLogins.Dequeue();
            }
        }
    }
}
