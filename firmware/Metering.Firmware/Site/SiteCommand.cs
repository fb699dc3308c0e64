using Metering.Firmware.Uplink;
using Metering.Wire;

namespace Metering.Firmware.Site
{
    /// <summary>One command message: {"id":7,"cmd":"set-index","ch":1,"value":123456}.</summary>
    public sealed class SiteCommand
    {
        public const string Commissioning = "commissioning";
        public const string SetIndex = "set-index";
        public const string Identify = "identify";
        public const string Reboot = "reboot";
        public const string SetTime = "time";

        /// <summary>Number of the command; a repeated delivery has the same and is passed over. 0: always done.</summary>
        public long Id;

        public string Name;

        /// <summary>For commissioning: on or off.</summary>
        public bool On = true;

        /// <summary>For set-index: 1 to 8.</summary>
        public int Channel;

        /// <summary>For set-index: pulses. For time: Unix seconds.</summary>
        public long Value = -1;

        /// <summary>Why the message is no command, or null.</summary>
        public string Error;

        public static SiteCommand Read(byte[] payload)
        {
            SiteCommand command = new SiteCommand();
            if (payload.Length > Inbox.CommandBytesMax)
            {
                command.Error = "longer than " + Inbox.CommandBytesMax.ToString() + " bytes";
                return command;
            }

            JsonCursor json = new JsonCursor(payload, payload.Length);
            command.ReadMembers(json);
            if (!json.Failed && !json.AtEnd)
            {
                json.Fail("text behind the command");
            }

            command.Error = json.Failed ? json.Error : command.Check();
            return command;
        }

        private void ReadMembers(JsonCursor json)
        {
            if (!json.Expect('{') || json.Take('}'))
            {
                return;
            }

            while (!json.Failed)
            {
                string key = json.Text();
                if (key == null || !json.Expect(':'))
                {
                    return;
                }

                long number = 0;
                switch (key)
                {
                    case "id":
                        json.Number(0, out Id);
                        break;
                    case "cmd":
                        Name = json.Text();
                        break;
                    case "on":
                        json.Boolean(out On);
                        break;
                    case "ch":
                        json.Number(0, out number);
                        Channel = number < 1 || number > WireLimits.PulseChannelsMax ? 0 : (int)number;
                        break;
                    case "value":
                        json.Number(0, out Value);
                        break;
                    default:
                        json.Skip();
                        break;
                }

                if (json.Take('}'))
                {
                    return;
                }

                json.Expect(',');
            }
        }

        private string Check()
        {
            switch (Name)
            {
                case Commissioning:
                case Identify:
                case Reboot:
                    return null;
                case SetIndex:
                    return Channel == 0 || Value < 0 ? "set-index needs ch 1 to 8 and value 0 or more" : null;
                case SetTime:
                    return Value <= 0 ? "time needs value, Unix seconds" : null;
                default:
                    return "cmd is commissioning, set-index, identify, reboot or time";
            }
        }
    }
}
